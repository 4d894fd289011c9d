import { work, type ClinicCommand, type ClinicDesk } from '../clinic/index.ts';
import type { Instant, Refusal } from '../base/index.ts';
import { issuePass } from '../passes/index.ts';
import type { Role } from '../people/index.ts';
import { needsHands } from '../policy/index.ts';
import { addAnswers, caseOf } from '../requests/index.ts';
import { decideAgain, plan } from './step.ts';
import { holder, type Story } from './story.ts';
import type { Telling } from './telling.ts';

/** One command to the remote visit, and what follows from it for the whole journey. */
export function workInClinic(telling: Telling, command: ClinicCommand): Refusal | undefined {
  const answer = work(telling.story.visit, command, deskOf(telling, command));
  if (!answer.ok) return answer.refusal;
  telling.tell(answer.value);
  switch (answer.value.type) {
    case 'VisitSentOn':
      if (command.type === 'sendOn') telling.tell({ type: 'AnswersAdded', findings: command.findings, vitals: {}, need: command.need });
      decideAgain(telling, 'sentOn');
      return undefined;
    case 'MessageSent':
      hear(telling, answer.value.heard ?? []);
      return undefined;
    // The doctor answers for the next step again; or the pharmacist dispenses it anew.
    case 'PrescriptionQueried':
    case 'MedicineSpoiled':
      plan(telling);
      return undefined;
    default:
      return undefined;
  }
}

/** Words that tell of a turn for the worse are a report of it; what was known before, or inside an institution, decides nothing anew. */
function hear(telling: Telling, findings: readonly string[]): void {
  const added = findings.length > 0 && addAnswers(telling.story.request, findings, {});
  if (!added || !added.ok) return;
  telling.tell(added.value);
  if (telling.story.arrival?.treatedAt === undefined && !holder(telling.story).startsWith('institution:')) decideAgain(telling, 'worse');
}

function deskOf({ story, world }: Telling, command: ClinicCommand): ClinicDesk {
  const { actor: { id, name, role }, at, chance, book, free } = world;
  const writes = command.type === 'answerVisit' || command.type === 'amendPrescription';
  return {
    at, book, by: { id, name, side: SIDES[role] ?? 'courier' }, prescriptionId: writes ? `X${chance.code(9)}` : '',
    patient: { ...patientOf(story, at), taking: free.taking ?? [] }, ...(command.type === 'handToCourier' && courierPass(story, world)),
  };
}

/** Whom a prescription would be for, as far as the clinic's rules ask. */
export function patientOf({ request, decision }: Story, at: Instant): Omit<ClinicDesk['patient'], 'taking'> {
  const { need, groups, proxy, companion, allergies, person: { ageMonths } } = request;
  return {
    need, groups, needsHands: needsHands(caseOf(request, at), decision), accompanied: proxy !== undefined || (companion?.trim() ?? '') !== '',
    ...(ageMonths !== undefined && { ageMonths }), ...(allergies && { allergies }),
  };
}

const SIDES: Readonly<Partial<Record<Role, ClinicDesk['by']['side']>>> = {
  resident: 'person', hotline: 'person', cloudDoctor: 'doctor', familyDoctor: 'doctor', pharmacist: 'pharmacist', system: 'system',
};

/** While a policy is in force whoever carries medicine is stopped like anybody else. */
function courierPass({ decision, request, visit }: Story, { at, chance }: Telling['world']): Pick<ClinicDesk, 'pass'> {
  if (!decision.policyInForce || !visit) return {};
  const issued = issuePass(undefined, {
    id: `P${chance.code(9)}`, code: chance.code(8).toUpperCase(), fromTown: request.town, toInstitution: visit.institution, visitAt: at,
  }, at);
  return issued.ok && issued.value.type === 'PassIssued' ? { pass: issued.value.pass } : {};
}
