import { accept, MINUTE_MS, refuse, refuseAll, type Instant, type Refusal, type Result } from '../base/index.ts';
import { isSafeCallLink } from '../people/index.ts';
import type { ClinicBook } from './book.ts';
import { heardIn, isUnclear, saysWorse } from './deterioration.ts';
import { findMedicine } from './formulary.ts';
import type { DispensedItem, PrescribedItem, Prescription } from './prescription.ts';
import { refusalsOf, type Patient } from './prescribe.ts';
import { checkMedicines, type Checked } from './warnings.ts';
import { isOut, type AnswerFacts, type ClinicCommand, type ClinicEvent, type CourierPass, type Visit } from './visit.ts';

/** Everything one command of the clinic may know. */
export interface ClinicDesk {
  readonly at: Instant;
  readonly by: { readonly id: string; readonly name: string; readonly side: 'person' | 'doctor' | 'pharmacist' | 'courier' | 'system' };
  /** For a prescription that is written now. */
  readonly prescriptionId: string;
  /** Without the book nothing is prescribed, checked or written: a clinic with half its rules is worse than none. */
  readonly book: ClinicBook | undefined;
  readonly patient: Patient & { readonly allergies?: readonly string[]; readonly taking: readonly DispensedItem[] };
  /** For whoever carries the medicine, where the way needs one. */
  readonly pass?: CourierPass;
}

type Answer = Result<ClinicEvent>;
type Of<T extends ClinicCommand['type']> = Extract<ClinicCommand, { type: T }>;

/** Named refusals in the order in which they are heard, then the one event. */
export function work(visit: Visit | undefined, command: ClinicCommand, desk: ClinicDesk): Answer {
  if (!visit) return refuse('noVisitQueued');
  // What somebody says is heard wherever they have been sent.
  if (command.type === 'sendMessage') return say(visit, command, desk);
  // What was dispensed reaches a door all the same.
  const isDelivery = visit.dispensedAt !== undefined && (command.type === 'handToCourier' || command.type === 'deliver');
  if (visit.sentOnAt !== undefined && !isDelivery) return refuse('visitSentOn');
  switch (command.type) {
    case 'takeVisit':
      return take(visit, desk);
    case 'returnVisit':
      return giveBack(visit, desk);
    case 'offerCall':
      if (!isMine(visit, desk)) return notMine(visit);
      if (!isSafeCallLink(command.url)) return refuse('callLinkUnsafe', undefined, 'url');
      return accept({ type: 'CallOffered', visit: visit.id, kind: command.kind, url: command.url });
    case 'answerVisit':
      return answer(visit, command, desk);
    case 'sendOn':
      if (visit.answeredAt !== undefined && !visit.query) return refuse('alreadyAnswered');
      if (!isMine(visit, desk)) return notMine(visit);
      if (!command.reason.trim()) return refuse('reasonMissing', undefined, 'reason');
      return accept({ type: 'VisitSentOn', visit: visit.id, reason: command.reason });
    case 'checkPrescription':
      return check(visit, command, desk);
    case 'queryPrescription':
      return query(visit, command, desk);
    case 'amendPrescription':
      return amend(visit, command, desk);
    case 'dispense':
      return dispense(visit, command, desk);
    case 'handToCourier':
      return handOver(visit, command, desk);
    case 'deliver':
      return deliver(visit, command, desk);
  }
}

const isMine = ({ doctor }: Visit, { by }: ClinicDesk): boolean => doctor !== undefined && doctor === by.id;
const notMine = ({ doctor, doctorName }: Visit): Answer => (doctor === undefined ? refuse('visitNotTaken') : refuse('notYourVisit', { doctor: doctorName ?? doctor }));

function say(visit: Visit, { text }: Of<'sendMessage'>, desk: ClinicDesk): Answer {
  const said = text.trim();
  if (!desk.book) return refuse('noClinicRules');
  const { messageLengthMax, messagesMax } = desk.book.rules.desk;
  if (!said) return refuse('messageMissing', undefined, 'text');
  if (said.length > messageLengthMax) return refuse('messageTooLong', { max: messageLengthMax }, 'text');
  if (desk.by.side === 'doctor' && !isMine(visit, desk)) return notMine(visit);
  if ((visit.messages?.length ?? 0) >= messagesMax) return refuse('tooManyMessages', { max: messagesMax });
  const heard = desk.by.side === 'person' ? heardIn(said) : [];
  const from = desk.by.side === 'person' ? 'person' : 'doctor';
  return accept({
    type: 'MessageSent', visit: visit.id, from, name: desk.by.name, text: said, ...(heard.length > 0 && { heard }), ...(desk.by.side === 'person' && saysWorse(said) && { worse: true }),
    // A doctor who has the visit reads it themselves.
    ...(desk.by.side === 'person' && visit.doctor === undefined && isUnclear(said) && { unclear: true }),
  });
}

/** A pharmacist's question waits for nobody's next shift: another doctor of the clinic can take it over, and is the prescriber then. */
function take(visit: Visit, { by }: ClinicDesk): Answer {
  if (visit.answeredAt !== undefined && !visit.query) return refuse('alreadyAnswered');
  if (visit.doctor !== undefined && (!visit.query || visit.doctor === by.id)) return refuse('visitTaken', { doctor: visit.doctorName ?? visit.doctor });
  return accept({ type: 'VisitTaken', visit: visit.id, doctor: by.id, name: by.name });
}

/** When a visit that its doctor leaves alone goes back to the queue. */
export function returnsAt({ takenAt, actedAt, call }: Visit, { rules: { desk } }: ClinicBook): Instant {
  return (actedAt ?? takenAt ?? 0) + (call ? desk.leftAloneOnCallMinutes : desk.leftAloneMinutes) * MINUTE_MS;
}

function giveBack(visit: Visit, desk: ClinicDesk): Answer {
  if (visit.answeredAt !== undefined) return refuse('alreadyAnswered');
  if (visit.doctor === undefined) return refuse('visitNotTaken');
  if (desk.by.side !== 'system') return isMine(visit, desk) ? accept({ type: 'VisitReturned', visit: visit.id, doctor: visit.doctor, because: 'handedBack' }) : notMine(visit);
  if (!desk.book || desk.at < returnsAt(visit, desk.book)) return refuse('visitLookedAfter');
  return accept({ type: 'VisitReturned', visit: visit.id, doctor: visit.doctor, because: 'leftAlone' });
}

function answer(visit: Visit, command: Of<'answerVisit'>, desk: ClinicDesk): Answer {
  if (visit.answeredAt !== undefined) return refuse('alreadyAnswered');
  if (!isMine(visit, desk)) return notMine(visit);
  const written = prescription(visit, command, desk, command.advice.trim() ? [] : [{ code: 'adviceMissing', field: 'advice' }]);
  if (!written.ok) return written;
  const { advice, allergies } = command;
  return accept({ type: 'VisitAnswered', visit: visit.id, advice: advice.trim(), ...(written.value && { prescription: written.value }), ...(allergies && { allergies }) });
}

/** Written by a named doctor, held against every rule; one wrong item, and nothing of it is prescribed. */
function prescription(visit: Visit, answer: AnswerFacts, desk: ClinicDesk, wrong: readonly Refusal[]): Result<Prescription | undefined> {
  const { book, prescriptionId: id } = desk;
  if (answer.items.length === 0) return refuseAll(wrong) ?? accept(undefined);
  if (!book) return refuse('noClinicRules');
  const refused = refuseAll([...wrong, ...refusalsOf(answer, desk.patient, book)]);
  if (refused) return refused;
  const { warnings, notChecked, coldChain } = look(visit, answer, desk, book);
  const { items, long } = answer;
  return accept({ id, items, warnings, notChecked, ...(long && { long }), ...(coldChain && { coldChain: true }) });
}

function look(visit: Visit, { items, allergies }: Pick<AnswerFacts, 'items' | 'allergies'>, { patient, at }: ClinicDesk, { formulary }: ClinicBook): Checked {
  const known = patient.allergies || visit.allergies || allergies ? [...new Set([...(patient.allergies ?? []), ...(visit.allergies ?? []), ...(allergies ?? [])])] : undefined;
  return checkMedicines(items, { groups: patient.groups, taking: patient.taking, ...(patient.ageMonths !== undefined && { ageMonths: patient.ageMonths }), ...(known && { allergies: known }) }, formulary, at);
}

/** What the pharmacist has to accept is looked up once more: another prescription may have been dispensed since. */
function check(visit: Visit, { accepted }: Of<'checkPrescription'>, desk: ClinicDesk): Answer {
  if (!visit.prescription) return refuse('nothingPrescribed');
  if (visit.dispensedAt !== undefined) return refuse('alreadyDispensed');
  if (visit.query) return refuse('queryOpen');
  if (!desk.book) return refuse('noClinicRules');
  const { warnings } = look(visit, visit.prescription, desk, desk.book);
  const known = new Set([...warnings, ...(visit.prescription.warnings ?? [])].map(({ id }) => id));
  const refused = refuseAll([
    ...warnings.filter(({ id }) => !accepted.includes(id)).map(({ id, text }) => ({ code: 'warningNotAccepted', field: 'accepted', facts: { id, warning: text.en, warningZh: text.zh } })),
    ...accepted.filter((id) => !known.has(id)).map((id) => ({ code: 'warningUnknown', field: 'accepted', facts: { id } })),
  ]);
  return refused ?? accept({ type: 'PrescriptionChecked', visit: visit.id, prescription: visit.prescription.id, by: desk.by.name, accepted });
}

function query(visit: Visit, { item, question }: Of<'queryPrescription'>, { by }: ClinicDesk): Answer {
  if (!visit.prescription) return refuse('nothingPrescribed');
  if (visit.dispensedAt !== undefined) return refuse('alreadyDispensed');
  if (visit.query) return refuse('queryOpen');
  if (!visit.prescription.items[item]) return refuse('itemUnknown', { item }, 'item');
  if (!question.trim()) return refuse('questionMissing', undefined, 'question');
  return accept({ type: 'PrescriptionQueried', visit: visit.id, prescription: visit.prescription.id, by: by.name, item, question: question.trim() });
}

/** Substitution, another quantity, or "as written, because …": the prescriber's word, and the pharmacist looks again. */
function amend(visit: Visit, command: Of<'amendPrescription'>, desk: ClinicDesk): Answer {
  if (!visit.prescription) return refuse('nothingPrescribed');
  if (visit.dispensedAt !== undefined) return refuse('alreadyDispensed');
  if (!isMine(visit, desk)) return refuse('notThePrescriber', { doctor: visit.doctorName ?? visit.doctor ?? '' });
  const written = prescription(visit, command, desk, command.reason.trim() ? [] : [{ code: 'reasonMissing', field: 'reason' }]);
  if (!written.ok) return written;
  return accept({ type: 'PrescriptionAmended', visit: visit.id, reason: command.reason.trim(), by: desk.by.name, ...(written.value && { prescription: written.value }) });
}

function dispense({ id, prescription: written, dispensedAt, query: asked, checked }: Visit, { dispensed }: Of<'dispense'>, { by, book }: ClinicDesk): Answer {
  if (!written) return refuse('nothingPrescribed');
  if (dispensedAt !== undefined) return refuse('alreadyDispensed');
  if (asked) return refuse('queryOpen');
  if (!checked) return refuse('notCheckedYet');
  const items = dispensed ?? written.items;
  if (items.length === 0) return refuse('nothingDispensed', undefined, 'dispensed');
  // The same medicine may be written twice, morning and evening: each line is dispensed once.
  const left = [...written.items];
  const refused = refuseAll(items.flatMap(({ medicine, days, quantity }, index): Refusal[] => {
    const field = `dispensed.${index}`;
    const place = left.findIndex((item) => item.medicine === medicine);
    const [of] = place < 0 ? [] : left.splice(place, 1);
    if (!of) return [{ code: 'substitutionNeedsPrescriber', field: `${field}.medicine`, facts: { medicine } }];
    return [
      ...(!Number.isInteger(days) || days < 1 || days > of.days ? [{ code: 'moreThanPrescribed', field: `${field}.days`, facts: { max: of.days } }] : []),
      ...(quantity === undefined ? [] : tooMany(quantity, { ...of, days: Math.min(days, of.days) }, `${field}.quantity`, book)),
    ];
  }));
  if (refused) return refused;
  return accept({ type: 'Dispensed', visit: id, by: by.name, items: items.map(({ medicine, days, quantity }) => ({ medicine, days, ...(quantity !== undefined && { quantity }) })) });
}

/** Never more than was written; where no quantity was, what the formulary gives anybody for these days, or the prescriber's word. */
function tooMany(quantity: number, { medicine, days, quantity: written }: PrescribedItem, field: string, book: ClinicBook | undefined): Refusal[] {
  const known = book && findMedicine(book.formulary, medicine);
  const max = written ?? (known && known.unitsPerDayMax * days);
  if (max === undefined) return [{ code: 'quantityNotPrescribed', field, facts: { medicine } }];
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= max ? [] : [{ code: 'moreThanPrescribed', field, facts: { max } }];
}

/** Also when one courier takes over from another: the last one named has it. */
function handOver({ id, prescription: written, dispensedAt, deliveredAt }: Visit, { courier, phone, coolBox }: Of<'handToCourier'>, { by, pass }: ClinicDesk): Answer {
  if (dispensedAt === undefined) return refuse('notDispensedYet');
  if (deliveredAt !== undefined) return refuse('alreadyDelivered');
  if (!courier.trim()) return refuse('courierMissing', undefined, 'courier');
  if (written?.coldChain && coolBox !== true) return refuse('coolBoxMissing', undefined, 'coolBox');
  return accept({
    type: 'MedicineHandedOver', visit: id, by: by.name, courier: courier.trim(), ...(phone && { phone }), ...(coolBox && { coolBox: true }), ...(pass && { pass }),
  });
}

function deliver(visit: Visit, { to, coldKept }: Of<'deliver'>, { by }: ClinicDesk): Answer {
  const { id, prescription: written, dispensedAt, deliveredAt, handedOver } = visit;
  if (deliveredAt !== undefined) return refuse('alreadyDelivered');
  if (dispensedAt === undefined) return refuse('notDispensedYet');
  if (!isOut(visit)) return refuse('notHandedOverYet');
  if (!to.trim()) return refuse('recipientMissing', undefined, 'to');
  const pass = handedOver?.pass && { pass: handedOver.pass.id };
  if (written?.coldChain && coldKept === undefined) return refuse('coldKeptMissing', undefined, 'coldKept');
  if (written?.coldChain && !coldKept) return accept({ type: 'MedicineSpoiled', visit: id, by: by.name, ...pass });
  return accept({ type: 'Delivered', visit: id, by: by.id, to: to.trim(), ...pass });
}
