import { describe, expect, it } from 'vitest';
import { allergiesOf, answerBody, emptyItem, isLong, previewOf, startOf, wrongAt } from './draft.ts';

describe('an answer as it is written', () => {
  it('given a refill, then the medicine stands there and dose and quantity are for the doctor to say', () => {
    expect(startOf('amlodipine', undefined)).toMatchObject({ items: [{ medicine: 'amlodipine', dose: '', days: '28', quantity: '' }], allergies: '', noAllergies: false });
  });

  it('given a row that was never begun, then it is not sent; an empty quantity is not nought', () => {
    const draft = { ...startOf(undefined, undefined), advice: ' go on ', items: [{ ...emptyItem('insulin'), dose: '10 units' }, emptyItem()] };
    expect(answerBody(draft)).toEqual({ advice: 'go on', items: [{ medicine: 'insulin', dose: '10 units', days: 28, controlled: 'no' }] });
  });

  it('given more than four weeks, then assessment and agreement go along; given exactly four, then not', () => {
    const of = (days: string) => ({ ...startOf('amlodipine', undefined), items: [{ ...emptyItem('amlodipine'), days }], assessment: 'stable', agreed: true });
    expect([isLong(of('28')), isLong(of('29'))]).toEqual([false, true]);
    expect(answerBody(of('29'))).toMatchObject({ long: { assessment: 'stable', agreed: true } });
    expect(answerBody(of('28'))).not.toHaveProperty('long');
  });

  it.each([
    ['penicillin，花生、 latex', false, ['penicillin', '花生', 'latex']], ['', true, []], ['penicillin', true, []], [' ', false, undefined],
  ] as const)('given allergies "%s", none known %s, then %j: not asked is not none', (allergies, noAllergies, wanted) => {
    expect(allergiesOf({ allergies, noAllergies })).toEqual(wanted);
  });

  it('given a row is named, then only that row shows it, and once where rule and refusal say the same', () => {
    const wrong = [{ field: 'items.1.days', detail: 'Twelve weeks at most', clause: 'CL-days' }, { field: 'items.1.days', detail: 'Twelve weeks at most' }, { field: 'items.10.days', detail: 'x' }];
    expect(wrongAt(wrong, 'items.1')).toEqual([wrong[0]]);
    expect(wrongAt(wrong, 'items.0')).toEqual([]);
    expect(wrongAt(wrong, 'items.1.days')).toHaveLength(1);
  });

  it('given a medicine without a dose yet, then it is asked about all the same; given none, then nothing is asked', () => {
    expect(previewOf({ ...startOf('warfarin', undefined), advice: 'x' })).toEqual({ items: [{ medicine: 'warfarin', dose: '–', days: 28, controlled: 'no' }] });
    expect(previewOf(startOf(undefined, undefined))).toBeUndefined();
  });
});
