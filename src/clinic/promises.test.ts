import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../base/index.ts';
import { classesIn, evolveVisit, returnsAt, stateOf, VISIT_STATES, work, type ClinicCommand, type ClinicDesk, type ClinicEvent, type Visit } from './index.ts';
import { clinicBook } from './load.ts';

const START = Date.UTC(2022, 10, 25, 15, 50);
const book = clinicBook();

const medicine = fc.constantFrom('amlodipine', '甘精胰岛素', '华法林', 'ibuprofen', '吗啡', 'clonazepam', 'herb tea', '');
const item = fc.record({ medicine, dose: fc.constantFrom('one a day', ''), days: fc.integer({ min: -1, max: 100 }), controlled: fc.constantFrom('no' as const, 'no' as const, 'narcotic' as const) });
const items = fc.oneof(fc.constant([{ medicine: 'amlodipine', dose: 'one a day', days: 28, controlled: 'no' as const }, { medicine: '甘精胰岛素', dose: 'x', days: 14, controlled: 'no' as const }]), fc.array(item, { maxLength: 3 }));
const command: fc.Arbitrary<ClinicCommand> = fc.oneof(
  fc.constantFrom<ClinicCommand>({ type: 'deliver', to: 'her', coldKept: false }, { type: 'queryPrescription', item: 0, question: 'meant?' }),
  fc.constantFrom<ClinicCommand>({ type: 'takeVisit' }, { type: 'returnVisit' }, { type: 'dispense' }, { type: 'sendMessage', text: '没有胸痛' }, { type: 'offerCall', kind: 'voice', url: 'https://meet.example.org/a' }),
  items.map((each) => ({ type: 'answerVisit' as const, advice: 'go on', items: each, followUpOf: 'as known' })),
  items.map((each) => ({ type: 'amendPrescription' as const, reason: 'as meant', items: each, followUpOf: 'as known' })),
  fc.constantFrom<ClinicCommand>(
    { type: 'checkPrescription', accepted: [] }, { type: 'checkPrescription', accepted: ['coldChain:insulin-glargine'] }, { type: 'checkPrescription', accepted: ['coldChain:insulin-glargine'] },
    { type: 'queryPrescription', item: 0, question: 'meant?' }, { type: 'dispense', dispensed: [{ medicine: 'amlodipine', days: 7 }] },
    { type: 'handToCourier', courier: 'V7' }, { type: 'handToCourier', courier: 'V7', coolBox: true }, { type: 'deliver', to: 'her' }, { type: 'deliver', to: 'her', coldKept: true },
    { type: 'sendOn', reason: 'hands', need: 'specialist', findings: [] },
  ),
);
const actor = fc.constantFrom<ClinicDesk['by']>(
  { id: 'D1', name: 'D1', side: 'doctor' }, { id: 'D2', name: 'D2', side: 'doctor' }, { id: 'P1', name: 'P1', side: 'pharmacist' }, { id: 'C1', name: 'C1', side: 'courier' },
  { id: 'R1', name: 'R1', side: 'person' }, { id: 'system', name: 'system', side: 'system' },
);

interface Step { readonly before: Visit; readonly event: ClinicEvent; readonly after: Visit; readonly at: number; readonly by: ClinicDesk['by'] }

const D1: ClinicDesk['by'] = { id: 'D1', name: 'D1', side: 'doctor' };
const P1: ClinicDesk['by'] = { id: 'P1', name: 'P1', side: 'pharmacist' };

/** What the owner of the desk would do next, so that sequences get to the door. */
function nextOf(visit: Visit): readonly [ClinicCommand, ClinicDesk['by']] | undefined {
  const given = [{ medicine: '甘精胰岛素', dose: 'x', days: 14, controlled: 'no' as const }];
  const mine = { ...D1, id: visit.doctor ?? 'D1' };
  switch (stateOf(visit, true)) {
    case 'waiting': return [{ type: 'takeVisit' }, D1];
    case 'taken': return [{ type: 'answerVisit', advice: 'go on', items: given }, mine];
    case 'queried': return [{ type: 'amendPrescription', reason: 'as meant', items: given }, mine];
    case 'toCheck': return [{ type: 'checkPrescription', accepted: visit.prescription!.warnings!.map(({ id }) => id) }, P1];
    case 'toDispense': return [{ type: 'dispense' }, P1];
    case 'toHandOver': return [{ type: 'handToCourier', courier: 'V7', coolBox: true }, P1];
    case 'onTheWay': return [{ type: 'deliver', to: 'her', coldKept: true }, P1];
    case 'over': return undefined;
  }
}

/** Everybody does whatever comes to mind; what is refused changes nothing. */
function play(sequence: readonly (readonly [ClinicCommand | 'next', ClinicDesk['by'], number])[]): readonly Step[] {
  let visit: Visit = { id: 'V1', institution: 'H1', queuedAt: START };
  let at = START;
  const steps: Step[] = [];
  for (const [index, [wanted, whoever, minutes]] of sequence.entries()) {
    at += minutes * MINUTE_MS;
    const [given, by] = (wanted === 'next' ? nextOf(visit) : [wanted, whoever]) ?? [{ type: 'takeVisit' } as const, whoever];
    const result = work(visit, given, { at, by, prescriptionId: `X${index}`, book, patient: { need: 'chronicFollowUp', ageMonths: 800, groups: ['chronic'], needsHands: false, accompanied: false, taking: [] } });
    if (!result.ok) continue;
    const before = visit;
    visit = evolveVisit(before, result.value, at)!;
    steps.push({ before, event: result.value, after: visit, at, by });
  }
  return steps;
}

const plays = fc.array(fc.tuple(fc.oneof({ weight: 2, arbitrary: fc.constant('next' as const) }, { weight: 3, arbitrary: command }), actor, fc.integer({ min: 0, max: 30 })), { minLength: 20, maxLength: 80 }).map(play);

describe('whatever is done, by whomever, in whatever order', () => {
  it('nothing is delivered that was not dispensed and handed over, nothing dispensed that was not checked as it stands, nothing controlled is prescribed', () => {
    fc.assert(fc.property(plays, (steps) => {
      for (const { before, event, after, by } of steps) {
        if (event.type === 'Delivered') {
          expect(before.dispensedAt).toBeDefined();
          expect(before.handedOver?.courier).toBeTruthy();
          if (before.prescription!.coldChain) expect(before.handedOver!.coolBox).toBe(true);
        }
        if (event.type === 'Dispensed') {
          expect(before.query).toBeUndefined();
          expect(before.checked!.at).toBeGreaterThanOrEqual(before.amended?.at ?? before.answeredAt!);
          expect(before.checked!.accepted).toEqual(expect.arrayContaining(before.prescription!.warnings!.map(({ id }) => id)));
          for (const given of event.items!) expect(before.prescription!.items.find(({ medicine: name }) => name === given.medicine)!.days).toBeGreaterThanOrEqual(given.days);
        }
        if (event.type === 'VisitAnswered' || event.type === 'PrescriptionAmended') expect(before.doctor).toBe(by.id);
        for (const each of after.prescription?.items ?? []) {
          expect(each.controlled).toBe('no');
          expect(classesIn(book.formulary, each.medicine)).toEqual([]);
        }
      }
    }), { numRuns: 400 });
  });

  it('the sequences reach the far end, or these tests would prove nothing', () => {
    const seen = fc.sample(plays, { numRuns: 400, seed: 1 }).flatMap((steps) => steps.map(({ event }) => event.type));
    expect([...new Set(seen)]).toEqual(expect.arrayContaining(['Delivered', 'MedicineSpoiled', 'PrescriptionQueried', 'PrescriptionAmended', 'VisitReturned', 'VisitSentOn']));
  });

  it('no visit is lost: it lies on exactly one desk, keeps its hour and what was said, and a doctor who has it can lose it again', () => {
    fc.assert(fc.property(plays, (steps) => {
      for (const { before, event, after } of steps) {
        expect(VISIT_STATES).toContain(stateOf(after, true));
        expect(after.queuedAt).toBe(START);
        expect(after.messages ?? []).toEqual([...(before.messages ?? []), ...(event.type === 'MessageSent' ? [expect.objectContaining({ text: event.text })] : [])]);
        if (stateOf(after, true) === 'taken') expect(returnsAt(after, book)).toBeGreaterThan(START);
        const ends = stateOf(after, true) === 'over' && stateOf(before, true) !== 'over';
        if (ends) expect(['Delivered', 'VisitSentOn', 'VisitAnswered', 'PrescriptionAmended']).toContain(event.type);
      }
    }));
  });
});
