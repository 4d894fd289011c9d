import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveVisit, PRESCRIPTION_DAYS_MAX, work, type ClinicCommand, type PrescribedItem, type Visit } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const queued: Visit = { id: 'V1', institution: 'H1', queuedAt: NOW };
const taken: Visit = { ...queued, doctor: 'D1', takenAt: NOW };
const tablets: PrescribedItem = { medicine: 'amlodipine 5 mg', dose: '1 in the morning', days: 28, controlled: 'no' };
const prescribed: Visit = { ...taken, advice: 'go on', answeredAt: NOW, prescription: { id: 'X1', items: [tablets] } };
const answer = (...items: PrescribedItem[]): ClinicCommand => ({ type: 'answerVisit', advice: 'go on', items });
const sendOn: ClinicCommand = { type: 'sendOn', reason: 'has to be examined', need: 'generalOutpatient', findings: [] };
const said = (visit: Visit | undefined, command: ClinicCommand): string => {
  const result = work(visit, command, 'D1', 'X1');
  return result.ok ? result.value.type : [result.refusal.code, result.refusal.field].filter(Boolean).join(' ');
};

describe('a remote visit', () => {
  it('given two doctors take it, then the first has it', () => {
    expect(said(queued, { type: 'takeVisit' })).toBe('VisitTaken');
    expect(said(taken, { type: 'takeVisit' })).toBe('visitTaken');
  });

  it('given nobody took it, then nobody answers it or sends it on: a prescription has a doctor', () => {
    expect(said(queued, answer(tablets))).toBe('visitNotTaken');
    expect(said(queued, sendOn)).toBe('visitNotTaken');
  });

  it('given advice without medicine, then there is no prescription and nothing to dispense', () => {
    const result = work(taken, answer(), 'D1', 'X1');
    expect(result).toEqual({ ok: true, value: { type: 'VisitAnswered', visit: 'V1', advice: 'go on' } });
    expect(said({ ...taken, advice: 'go on', answeredAt: NOW }, { type: 'dispense' })).toBe('nothingPrescribed');
  });

  it('given it needs hands, then it is sent on with a reason, and is closed here', () => {
    expect(said(taken, sendOn)).toBe('VisitSentOn');
    expect(said(taken, { ...sendOn, reason: ' ' } as ClinicCommand)).toBe('reasonMissing reason');
    expect(said({ ...taken, sentOnAt: NOW }, answer())).toBe('visitSentOn');
  });
});

describe('a prescription at a distance', () => {
  it.each<[string, Partial<PrescribedItem>]>([
    ['medicineMissing items.0.medicine', { medicine: ' ' }],
    ['daysInvalid items.0.days', { days: 0 }],
    ['daysInvalid items.0.days', { days: 1.5 }],
    ['daysOverLimit items.0.days', { days: PRESCRIPTION_DAYS_MAX + 1 }],
    ['controlledNeverOnline items.0.controlled', { controlled: 'narcotic' }],
    ['controlledNeverOnline items.0.controlled', { controlled: 'psychotropic' }],
  ])('is refused with its field: %s', (refusal, change) => {
    expect(said(taken, answer({ ...tablets, ...change }))).toBe(refusal);
  });

  it('given one wrong item among right ones, then nothing of it is prescribed', () => {
    expect(said(taken, answer(tablets, { ...tablets, days: 0 }))).toBe('daysInvalid items.1.days');
  });

  it('never contains a controlled drug nor more than twelve weeks, whatever is typed', () => {
    const item = fc.record({ medicine: fc.string(), dose: fc.string(), days: fc.integer({ min: -5, max: 200 }), controlled: fc.constantFrom('no' as const, 'narcotic' as const, 'psychotropic' as const) });
    fc.assert(fc.property(fc.array(item, { maxLength: 4 }), (items) => {
      const result = work(taken, answer(...items), 'D1', 'X1');
      if (!result.ok || result.value.type !== 'VisitAnswered') return;
      for (const each of result.value.prescription?.items ?? []) {
        expect(each.controlled).toBe('no');
        expect(each.days).toBeLessThanOrEqual(PRESCRIPTION_DAYS_MAX);
      }
    }));
  });
});

describe('to the door', () => {
  it('given it was dispensed, then it is delivered to somebody, once', () => {
    expect(said(prescribed, { type: 'deliver', to: 'Resident 1' })).toBe('notDispensedYet');
    expect(said(prescribed, { type: 'dispense' })).toBe('Dispensed');
    const dispensed = evolveVisit(prescribed, { type: 'Dispensed', visit: 'V1', by: 'P1' }, NOW)!;
    expect(said(dispensed, { type: 'dispense' })).toBe('alreadyDispensed');
    expect(said(dispensed, { type: 'deliver', to: ' ' })).toBe('recipientMissing to');
    expect(said(dispensed, { type: 'deliver', to: 'Resident 1' })).toBe('Delivered');
    expect(said({ ...dispensed, deliveredAt: NOW }, { type: 'deliver', to: 'Resident 1' })).toBe('alreadyDelivered');
  });
});
