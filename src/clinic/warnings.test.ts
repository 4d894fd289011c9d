import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../base/index.ts';
import { checkMedicines, medicinesLeftOf, promiseOf, type CloudFigures, type DispensedItem, type TakenBy } from './index.ts';
import { clinicBook } from './load.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const { formulary } = clinicBook();
const check = (medicines: string[], person: Partial<TakenBy> = {}) =>
  checkMedicines(medicines.map((medicine) => ({ medicine, dose: 'x', days: 28, controlled: 'no' as const })), { groups: [], ageMonths: 700, allergies: [], taking: [], ...person }, formulary, NOW);
const ids = (medicines: string[], person: Partial<TakenBy> = {}): string[] => check(medicines, person).warnings.map(({ id }) => id);
const had = (medicine: string, days: number, daysAgo: number): DispensedItem => ({ medicine, days, dispensedAt: NOW - daysAgo * DAY_MS });

describe('what a pharmacist is warned of', () => {
  it.each<[string[], Partial<TakenBy>, string[]]>([
    [['amlodipine 5 mg'], {}, []],
    [['华法林', '布洛芬'], {}, ['interaction:warfarin-nsaid']],
    [['warfarin'], { taking: [had('diclofenac', 10, 2)] }, ['interaction:warfarin-nsaid']],
    [['warfarin'], { taking: [had('diclofenac', 10, 12)] }, []],
    [['enalapril', 'spironolactone'], {}, ['interaction:ras-potassium']],
    [['sertraline', 'moclobemide'], {}, ['interaction:ssri-maoi']],
    [['amlodipine', 'felodipine'], {}, ['duplicate:amlodipine+felodipine']],
    [['amlodipine'], { taking: [had('氨氯地平 5mg', 28, 8)] }, ['duplicate:amlodipine+amlodipine']],
    [['amlodipine'], { taking: [had('氨氯地平 5mg', 28, 25)] }, []],
    [['amoxicillin'], { allergies: ['青霉素过敏'] }, ['allergy:amoxicillin']],
    [['cefixime'], { allergies: ['penicillin'] }, ['allergy:cefixime']],
    [['amlodipine'], { allergies: ['amlodipine'] }, ['allergy:amlodipine']],
    [['amoxicillin'], { allergies: ['penecilin'] }, ['allergyUnread:penecilin']],
    [['amlodipine'], { allergies: ['花生'] }, ['allergyUnread:花生']],
    [['amlodipine'], { allergies: ['青霉素'] }, []],
    [['insulin glargine'], {}, ['coldChain:insulin-glargine']],
    [['valproate'], { groups: ['pregnant'] }, ['pregnant:valproate']],
    [['levofloxacin'], { ageMonths: 120 }, ['child:levofloxacin']],
  ])('%j given %j', (medicines, person, warned) => expect(ids(medicines, person)).toEqual(warned));

  it('given a medicine that is not in the list, or allergies that nobody asked for, then it says that nothing could be checked', () => {
    const { allergies: _asked, ...unasked } = { allergies: undefined, groups: [] as string[], taking: [] as DispensedItem[] };
    const { warnings, notChecked } = checkMedicines([{ medicine: '祖传秘方', dose: 'x', days: 7, controlled: 'no' }], unasked, formulary, NOW);
    expect([warnings, notChecked]).toMatchObject([[{ id: 'notChecked:祖传秘方', kind: 'notInList', items: [0] }], [{ what: 'allergiesNotAsked' }]]);
  });

  it('says each warning once and in both languages', () => {
    const { warnings } = check(['warfarin', 'ibuprofen', 'diclofenac', 'insulin glargine', 'amlodipine', 'felodipine']);
    expect(new Set(warnings.map(({ id }) => id)).size).toBe(warnings.length);
    for (const { text } of warnings) expect([text.zh, text.en].every((each) => each.length > 3)).toBe(true);
  });
});

describe('days left', () => {
  it('given one box after the other of the same medicine in other words, then the second begins when the first ends', () => {
    expect(medicinesLeftOf([had('amlodipine 5 mg', 28, 20), had('氨氯地平', 28, 2)], formulary, NOW)).toMatchObject([{ code: 'amlodipine', daysLeft: 36 }]);
  });

  it('given morning and evening of one prescription, then they are used side by side, and the shorter one is the end', () => {
    expect(medicinesLeftOf([had('amlodipine', 28, 8), had('amlodipine', 14, 8)], formulary, NOW)).toMatchObject([{ daysLeft: 6 }]);
  });

  it('given a gap between two boxes, then the gap is not made up for', () => {
    expect(medicinesLeftOf([had('amlodipine', 7, 30), had('amlodipine', 7, 2)], formulary, NOW)).toMatchObject([{ daysLeft: 5 }]);
  });

  it('given what may never run out, then it says so, the soonest first; what is used up has 0', () => {
    expect(medicinesLeftOf([had('amlodipine', 28, 40), had('insulin glargine', 30, 28), had('herb tea', 9, 1)], formulary, NOW))
      .toMatchObject([{ medicine: 'amlodipine', daysLeft: 0 }, { neverRunOut: 'insulin', daysLeft: 2 }, { medicine: 'herb tea', daysLeft: 8 }]);
  });
});

describe('by when a doctor answers', () => {
  const figures = (change: Partial<CloudFigures> = {}): CloudFigures => ({ at: NOW, waiting: new Map([['refill', 5]]), doctors: 2, answerMinutes: [4, 5, 6, 5, 5], ...change });
  it('given five wait before them, two doctors and five minutes each, then in three rounds', () => {
    expect(promiseOf('refill', figures())).toMatchObject({ waiting: 5, answerMinutes: 5, promisedAt: NOW + 15 * 60_000, measuredAt: NOW });
  });
  it('given others wait for another service, then they stand before them too: it is the same doctors', () => {
    expect(promiseOf('general', figures())).toMatchObject({ waiting: 0, promisedAt: NOW + 15 * 60_000 });
  });
  it('given too few answers, then the usual figure; given nobody at work, then as if one were', () => {
    expect(promiseOf('refill', figures({ answerMinutes: [1], doctors: 0, waiting: new Map() }))).toMatchObject({ answerMinutes: 12, doctors: 1, measured: 1, promisedAt: NOW + 12 * 60_000 });
  });
});
