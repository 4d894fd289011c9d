import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../base/index.ts';
import { evolveVisit, returnsAt, stateOf, work, type ClinicCommand, type ClinicDesk, type ClinicEvent, type PrescribedItem, type Visit } from './index.ts';
import { clinicBook } from './load.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const book = clinicBook();
const queued: Visit = { id: 'V1', institution: 'H1', queuedAt: NOW };
const taken: Visit = { ...queued, doctor: 'D1', doctorName: 'Dr Li', takenAt: NOW, actedAt: NOW };
const tablets: PrescribedItem = { medicine: 'amlodipine 5 mg', dose: '1 in the morning', days: 28, controlled: 'no' };
const insulin: PrescribedItem = { medicine: 'insulin glargine', dose: '10 IU at night', days: 28, quantity: 2, controlled: 'no' };
const answer = (...items: PrescribedItem[]): ClinicCommand => ({ type: 'answerVisit', advice: 'go on', items });
const sendOn: ClinicCommand = { type: 'sendOn', reason: 'has to be examined', need: 'generalOutpatient', findings: [] };

function desk(id: string, side: ClinicDesk['by']['side'], change: Partial<ClinicDesk> = {}): ClinicDesk {
  return {
    at: NOW, by: { id, name: id, side }, prescriptionId: 'X1', book,
    patient: { need: 'medicineRefill', ageMonths: 66 * 12, groups: ['chronic'], needsHands: false, accompanied: false, taking: [] }, ...change,
  };
}
const doctor = desk('D1', 'doctor');
const pharmacist = desk('P1', 'pharmacist');
const courier = desk('C1', 'courier');
const said = (visit: Visit | undefined, command: ClinicCommand, at: ClinicDesk = doctor): string => {
  const result = work(visit, command, at);
  return result.ok ? result.value.type : [result.refusal.code, result.refusal.field].filter(Boolean).join(' ');
};
/** What comes of one command after the other, each by whoever may. */
function after(visit: Visit, ...steps: readonly (readonly [ClinicCommand, ClinicDesk])[]): Visit {
  return steps.reduce((now, [command, at]) => {
    const result = work(now, command, at);
    if (!result.ok) throw new Error(`${command.type}: ${JSON.stringify(result.refusal)}`);
    return evolveVisit(now, result.value, at.at)!;
  }, visit);
}
const check = (...accepted: string[]): readonly [ClinicCommand, ClinicDesk] => [{ type: 'checkPrescription', accepted }, pharmacist];
const dispensed = after(taken, [answer(tablets), doctor], check(), [{ type: 'dispense' }, pharmacist]);
const cold = after(taken, [answer(insulin), doctor], check('coldChain:insulin-glargine'), [{ type: 'dispense' }, pharmacist]);

describe('a remote visit', () => {
  it('given two doctors take it, then the first has it', () => {
    expect(said(queued, { type: 'takeVisit' })).toBe('VisitTaken');
    expect(said(taken, { type: 'takeVisit' }, desk('D2', 'doctor'))).toBe('visitTaken');
  });

  it('given nobody took it, or another doctor has it, then nobody else answers it or sends it on: a prescription has a doctor', () => {
    for (const command of [answer(tablets), sendOn, { type: 'offerCall', kind: 'video', url: 'https://meet.example.org/a' } as const]) {
      expect(said(queued, command)).toBe('visitNotTaken');
      expect(said(taken, command, desk('D2', 'doctor'))).toBe('notYourVisit');
    }
  });

  it('given its doctor leaves it alone, then it goes back with the hour they came; one who writes keeps it', () => {
    const alone = desk('system', 'system', { at: returnsAt(taken, book) });
    expect(said(taken, { type: 'returnVisit' }, { ...alone, at: alone.at - 1 })).toBe('visitLookedAfter');
    const back = after(taken, [{ type: 'returnVisit' }, alone]);
    expect(back).toMatchObject({ queuedAt: NOW });
    expect(stateOf(back, true)).toBe('waiting');
    const writing = after(taken, [{ type: 'sendMessage', text: 'since when?' }, { ...doctor, at: NOW + 10 * MINUTE_MS }]);
    expect(said(writing, { type: 'returnVisit' }, alone)).toBe('visitLookedAfter');
    const talking = after(taken, [{ type: 'offerCall', kind: 'voice', url: 'https://meet.example.org/a' }, doctor]);
    expect(said(talking, { type: 'returnVisit' }, { ...alone, at: NOW + 20 * MINUTE_MS })).toBe('visitLookedAfter');
  });

  it('given advice without medicine, then there is no prescription and nothing to dispense', () => {
    expect(work(taken, answer(), doctor)).toEqual({ ok: true, value: { type: 'VisitAnswered', visit: 'V1', advice: 'go on' } });
    expect(said({ ...taken, advice: 'go on', answeredAt: NOW }, { type: 'dispense' })).toBe('nothingPrescribed');
  });

  it('given it needs hands, then it is sent on with a reason, and is closed here', () => {
    expect(said(taken, sendOn)).toBe('VisitSentOn');
    expect(said(taken, { ...sendOn, reason: ' ' } as ClinicCommand)).toBe('reasonMissing reason');
    expect(said({ ...taken, sentOnAt: NOW }, answer())).toBe('visitSentOn');
  });
});

describe('what is said in the page', () => {
  const person = desk('journey', 'person');
  it('given the person writes before anybody took it, then it is kept; given a doctor who has not taken it, then not', () => {
    expect(said(queued, { type: 'sendMessage', text: '您好' }, person)).toBe('MessageSent');
    expect(said(queued, { type: 'sendMessage', text: 'hello' })).toBe('visitNotTaken');
  });

  it.each([['messageMissing text', '   '], ['messageTooLong text', 'x'.repeat(1_001)]])('%s', (refusal, text) => {
    expect(said(taken, { type: 'sendMessage', text }, person)).toBe(refusal);
  });

  it('given words of the person that tell of a turn for the worse, then they are heard; the same from the doctor are a question', () => {
    expect(work(taken, { type: 'sendMessage', text: '胸痛得厉害' }, person)).toMatchObject({ value: { heard: ['chestPain'] } });
    expect(work(taken, { type: 'sendMessage', text: '胸痛吗？' }, doctor)).not.toMatchObject({ value: { heard: expect.anything() } });
  });

  it('given somebody was sent on, then what they say is still heard', () => {
    expect(said({ ...taken, sentOnAt: NOW }, { type: 'sendMessage', text: '喘不过气' }, person)).toBe('MessageSent');
  });

  it.each(['http://meet.example.org/a', 'https://user:pw@meet.example.org/', 'https://10.0.0.1/a', 'https://localhost/a', 'javascript:alert(1)', 'https://meet.example.org:8443/', 'meet.example.org', 'https://meet.example.org/a b', 'https://xn--mt-1ia.example.org/a', 'https://mеet.example.org/a', 'https://meet.example.org/\u202Ea', `https://meet.example.org/${'a'.repeat(500)}`])(
    'a call link like %s is not passed on', (url) => expect(said(taken, { type: 'offerCall', kind: 'video', url })).toBe('callLinkUnsafe url'));
});

describe('the pharmacist', () => {
  it('given nobody checked it, then nothing leaves the shelf', () => {
    expect(said(after(taken, [answer(tablets), doctor]), { type: 'dispense' }, pharmacist)).toBe('notCheckedYet');
  });

  it('given warnings, then each is accepted by name; one that does not stand there is refused, all at once', () => {
    const both = after(taken, [answer(insulin, { ...tablets, medicine: 'warfarin' }, { ...tablets, medicine: 'ibuprofen' }), doctor]);
    const result = work(both, { type: 'checkPrescription', accepted: ['allergy:nothing'] }, pharmacist);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'warningNotAccepted', also: [{ facts: { id: 'coldChain:insulin-glargine' } }, { code: 'warningUnknown' }] } });
    expect(said(both, ...check('interaction:warfarin-nsaid', 'coldChain:insulin-glargine'))).toBe('PrescriptionChecked');
  });

  it('given another doctor’s medicine was dispensed since, then the check sees it', () => {
    const written = after(taken, [answer({ ...tablets, medicine: '华法林' }), doctor]);
    const since = { ...pharmacist, patient: { ...pharmacist.patient, taking: [{ medicine: '布洛芬', days: 10, dispensedAt: NOW - DAY_MS }] } };
    expect(said(written, ...check())).toBe('PrescriptionChecked');
    expect(said(written, { type: 'checkPrescription', accepted: [] }, since)).toBe('warningNotAccepted accepted');
  });

  it('given a question, then the prescriber owns it, and nothing goes on until there is an answer; another doctor may take it over by name', () => {
    const asked = after(taken, [answer(tablets), doctor], [{ type: 'queryPrescription', item: 0, question: 'twice a day?' }, pharmacist]);
    expect(stateOf(asked, true)).toBe('queried');
    expect(said(asked, { type: 'dispense' }, pharmacist)).toBe('queryOpen');
    const amend: ClinicCommand = { type: 'amendPrescription', reason: 'once a day', items: [{ ...tablets, dose: 'once a day' }] };
    expect(said(asked, amend, desk('D2', 'doctor'))).toBe('notThePrescriber');
    const taught = after(asked, [{ type: 'takeVisit' }, desk('D2', 'doctor')], [amend, desk('D2', 'doctor')]);
    expect(stateOf(taught, true)).toBe('toCheck');
    expect(said(after(taught, check(), [{ type: 'dispense' }, pharmacist]), amend, desk('D2', 'doctor'))).toBe('alreadyDispensed');
    expect(said(asked, { ...amend, items: [{ ...tablets, medicine: '吗啡' }] })).toBe('controlledNeverOnline items.0.controlled');
  });

  it('given the prescriber takes it back, then there is nothing to bring', () => {
    const asked = after(taken, [answer(tablets), doctor], [{ type: 'queryPrescription', item: 0, question: 'still needed?' }, pharmacist]);
    expect(stateOf(after(asked, [{ type: 'amendPrescription', reason: 'not needed', items: [] }, doctor]), true)).toBe('over');
  });

  it('given another medicine or more than prescribed, then that needs the prescriber; less is written down', () => {
    const checked = after(taken, [answer(tablets, insulin), doctor], check('coldChain:insulin-glargine'));
    const give = (...dispensedItems: { medicine: string; days: number; quantity?: number }[]): ClinicCommand => ({ type: 'dispense', dispensed: dispensedItems });
    const refused = work(checked, give({ medicine: 'felodipine', days: 28 }, { medicine: insulin.medicine, days: 29 }, { medicine: insulin.medicine, days: 28 }), pharmacist);
    expect(refused).toMatchObject({ refusal: { code: 'substitutionNeedsPrescriber', also: [{ code: 'moreThanPrescribed', field: 'dispensed.1.days' }, { code: 'substitutionNeedsPrescriber' }] } });
    const twice = after(taken, [answer({ ...tablets, days: 14 }, { ...tablets, days: 14, dose: '1 at night' }), doctor], check('duplicate:amlodipine+amlodipine'), [{ type: 'dispense' }, pharmacist]);
    expect(twice.dispensed).toHaveLength(2);
    const less = after(checked, [give({ medicine: tablets.medicine, days: 7 }), pharmacist]);
    expect(less.dispensed).toEqual([{ medicine: tablets.medicine, days: 7, dispensedAt: NOW }]);
  });

  it('given a medicine that is not in the formulary, then the pharmacist accepts it by name before it leaves', () => {
    const herb = { ...tablets, medicine: '祖传秘方' };
    const written = after(taken, [answer(herb), doctor]);
    expect(said(written, { type: 'checkPrescription', accepted: [] }, pharmacist)).toBe('warningNotAccepted accepted');
    expect(said(written, { type: 'checkPrescription', accepted: ['notChecked:another'] }, pharmacist)).toBe('warningNotAccepted accepted');
    expect(said(written, { type: 'checkPrescription', accepted: ['notChecked:祖传秘方'] }, pharmacist)).toBe('PrescriptionChecked');
  });

  it('given no quantity was written, then no more than the formulary gives for these days; of what it does not know, none by number', () => {
    const give = (medicine: string, quantity: number, days = 28): ClinicCommand => ({ type: 'dispense', dispensed: [{ medicine, days, quantity }] });
    const known = after(taken, [answer(tablets), doctor], check());
    const { unitsPerDayMax } = book.formulary.medicines.find(({ code }) => code === 'amlodipine')!;
    expect(said(known, give(tablets.medicine, unitsPerDayMax * 28), pharmacist)).toBe('Dispensed');
    expect(said(known, give(tablets.medicine, unitsPerDayMax * 28 + 1), pharmacist)).toBe('moreThanPrescribed dispensed.0.quantity');
    expect(said(known, give(tablets.medicine, unitsPerDayMax * 7 + 1, 7), pharmacist)).toBe('moreThanPrescribed dispensed.0.quantity');
    const unknown = after(taken, [answer({ ...tablets, medicine: '祖传秘方' }), doctor], check('notChecked:祖传秘方'));
    expect(said(unknown, give('祖传秘方', 999), pharmacist)).toBe('quantityNotPrescribed dispensed.0.quantity');
    const exact = after(taken, [answer({ ...tablets, quantity: 28 }), doctor], check());
    expect(said(exact, give(tablets.medicine, 29), pharmacist)).toBe('moreThanPrescribed dispensed.0.quantity');
  });

  it('given it was dispensed and the person became an emergency, then it stays on the desk of the pharmacy until it is at a door', () => {
    expect(stateOf(dispensed, false, true)).toBe('toHandOver');
    const sentOn = { ...dispensed, sentOnAt: NOW };
    expect(stateOf(sentOn, false, true)).toBe('toHandOver');
    const out = after(sentOn, [{ type: 'handToCourier', courier: 'Volunteer 7' }, pharmacist]);
    expect(stateOf(out, false, true)).toBe('onTheWay');
    expect(stateOf(after(out, [{ type: 'deliver', to: 'daughter' }, courier]), false, true)).toBe('over');
    expect([stateOf(taken, false, true), stateOf(dispensed, false)]).toEqual(['over', 'over']);
  });
});

describe('to the door', () => {
  it('given it was dispensed, then it is handed to somebody who is named and delivered to somebody who is named, once', () => {
    expect(said(taken, { type: 'deliver', to: 'Resident 1' }, courier)).toBe('notDispensedYet');
    expect(said(dispensed, { type: 'dispense' }, pharmacist)).toBe('alreadyDispensed');
    expect(said(dispensed, { type: 'deliver', to: 'Resident 1' }, courier)).toBe('notHandedOverYet');
    expect(said(dispensed, { type: 'handToCourier', courier: ' ' }, pharmacist)).toBe('courierMissing courier');
    const onTheWay = after(dispensed, [{ type: 'handToCourier', courier: 'Volunteer 7' }, pharmacist]);
    expect(said(onTheWay, { type: 'deliver', to: ' ' }, courier)).toBe('recipientMissing to');
    const done = after(onTheWay, [{ type: 'deliver', to: 'Resident 1' }, courier]);
    expect(done).toMatchObject({ deliveredTo: 'Resident 1', handedOver: { courier: 'Volunteer 7', by: 'P1' } });
    expect(said(done, { type: 'deliver', to: 'Resident 1' }, courier)).toBe('alreadyDelivered');
  });

  it('given it must stay cold, then it travels in a cool box, and what got warm is given to nobody and dispensed anew', () => {
    expect(said(cold, { type: 'handToCourier', courier: 'Volunteer 7' }, pharmacist)).toBe('coolBoxMissing coolBox');
    const onTheWay = after(cold, [{ type: 'handToCourier', courier: 'Volunteer 7', coolBox: true }, pharmacist]);
    expect(said(onTheWay, { type: 'deliver', to: 'Resident 1' }, courier)).toBe('coldKeptMissing coldKept');
    const warm = after(onTheWay, [{ type: 'deliver', to: 'Resident 1', coldKept: false }, courier]);
    expect(warm).toMatchObject({ spoiled: 1 });
    expect([stateOf(warm, true), warm.dispensed, warm.deliveredAt]).toEqual(['toDispense', undefined, undefined]);
  });

  it('given it was dispensed before hand-overs were written down, then it is delivered as ever', () => {
    const before: Visit = { ...taken, answeredAt: NOW, prescription: { id: 'X1', items: [tablets] }, dispensedAt: NOW };
    expect(said(before, { type: 'deliver', to: 'Resident 1' }, courier)).toBe('Delivered');
  });
});

describe('a story from before', () => {
  it('is still read', () => {
    const old: ClinicEvent[] = [
      { type: 'VisitQueued', visit: 'V1', institution: 'H1' }, { type: 'VisitTaken', visit: 'V1', doctor: 'D1' },
      { type: 'VisitAnswered', visit: 'V1', advice: 'go on', prescription: { id: 'X1', items: [tablets] } }, { type: 'Dispensed', visit: 'V1', by: 'P1' }, { type: 'Delivered', visit: 'V1', by: 'C1', to: 'her' },
    ];
    const end = old.reduce<Visit | undefined>((visit, event) => evolveVisit(visit, event, NOW), undefined);
    expect(end).toMatchObject({ dispensedAt: NOW, deliveredAt: NOW, prescription: { id: 'X1' } });
  });
});
