import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEDICINE_CLASSES, refusalsOf, type AnswerFacts, type Patient, type PrescribedItem } from './index.ts';
import { clinicBook } from './load.ts';

const book = clinicBook();
const stable: Patient = { need: 'chronicFollowUp', ageMonths: 800, groups: ['chronic'], needsHands: false, accompanied: false };
const item = (change: Partial<PrescribedItem> = {}): PrescribedItem => ({ medicine: 'amlodipine 5 mg', dose: 'one a day', days: 28, controlled: 'no', ...change });
const LONG = { assessment: 'stable for a year, 128/76', agreed: true };
const said = (answer: Partial<AnswerFacts>, patient: Partial<Patient> = {}): string[] =>
  refusalsOf({ items: [item()], ...answer }, { ...stable, ...patient }, book).map(({ code, field }) => `${code} ${field}`);

describe('what may be prescribed at a distance', () => {
  it('given follow-up of a chronic illness for four weeks, then it may', () => expect(said({})).toEqual([]));

  it.each<[string, Partial<AnswerFacts>, Partial<Patient>, string[]]>([
    ['a first visit', {}, { need: 'onlineConsultation' }, ['firstVisitNotOnline followUpOf']],
    ['the illness it follows up is named', { followUpOf: 'hypertension' }, { need: 'onlineConsultation' }, []],
    ['advice at a first visit', { items: [] }, { need: 'onlineConsultation' }, []],
    ['something that needs hands', {}, { needsHands: true }, ['needsHands items']],
    ['a child of five alone', {}, { ageMonths: 71 }, ['guardianMissing guardian']],
    ['a child of five with its grandmother', { guardian: 'grandmother' }, { ageMonths: 71 }, []],
    ['a child of five whose companion was named when asking', {}, { ageMonths: 71, accompanied: true }, []],
    ['a child of six', {}, { ageMonths: 72 }, []],
    ['a child whose age nobody gave', {}, { ageMonths: undefined, groups: ['child', 'chronic'] } as never, ['guardianMissing guardian']],
    ['twelve weeks, assessed and agreed', { items: [item({ days: 84 })], long: LONG }, {}, []],
    ['four weeks and a day with nothing written', { items: [item({ days: 29 })] }, {}, ['longNotAssessed long.assessment', 'longNotAgreed long.agreed']],
    ['eight weeks, assessed, not agreed', { items: [item({ days: 56 })], long: { ...LONG, agreed: false } }, {}, ['longNotAgreed long.agreed']],
    ['thirteen weeks', { items: [item({ days: 91 })], long: LONG }, {}, ['daysOverLimit items.0.days']],
    ['eight weeks for somebody not chronically ill', { items: [item({ days: 56 })], long: LONG, followUpOf: 'rash' }, { need: 'onlineConsultation', groups: [] }, ['longNotChronic items.0.days']],
    ['eight weeks of an antibiotic', { items: [item({ medicine: '阿莫西林', days: 56 })], long: LONG }, {}, ['classNotLong items.0.days']],
    ['eight weeks of a tuberculosis medicine', { items: [item({ medicine: 'rifampicin', days: 56 })], long: LONG }, {}, []],
    ['one medicine written four times for four weeks', { items: [item(), item({ medicine: '氨氯地平' }), item(), item()] }, {}, ['daysOverLimit items.0.days', 'daysOverLimit items.1.days', 'daysOverLimit items.2.days', 'daysOverLimit items.3.days', 'longNotAssessed long.assessment', 'longNotAgreed long.agreed']],
    ['ten tablets a day', { items: [item({ quantity: 280 })] }, {}, ['quantityOverLimit items.0.quantity']],
    ['two a day', { items: [item({ quantity: 56 })] }, {}, []],
  ])('%s', (_case, answer, patient, refused) => expect(said(answer, patient)).toEqual(refused));

  it.each(['吗啡缓释片 30mg', 'Morphine', 'oxycodone 10 mg', '地西泮', 'clonazepam 2 mg', '唑吡坦', '安定片', '曲马多', '麻黄碱', '哌甲酯', '氯胺酮',
    // By brand, in other writing, with look-alikes, invisible signs and full width.
    'OxyContin 40 mg', '奥施康定', 'Ritalin', 'Concerta', '利他林', '利他林片', '专注达', '專注達', 'Xanax', 'Ativan', 'buprenorphine', '丁丙诺啡', '地佐辛', 'dezocine', '奇曼丁', 'Tramal', '泰勒宁', '泰勒寧', '嗎啡',
    'mor\u200bphine', 'ｍｏｒｐｈｉｎｅ', 'm\u043erphin\u0435', '\u041corphine', 'morphíne', '吗 啡', '吗\u200d啡', '曲馬多', '氯胺\u00ad酮'])(
    'given %s, then never, whatever the prescriber ticks', (medicine) => {
      expect(said({ items: [item({ medicine })] })).toContain('controlledNeverOnline items.0.controlled');
    });

  it('given what only the prescriber knows is controlled, then never', () => {
    expect(said({ items: [item({ medicine: 'something new', controlled: 'psychotropic' })] })).toEqual(['controlledNeverOnline items.0.controlled']);
  });

  it('given several things wrong, then all are said at once, each with its clause in both languages', () => {
    const wrong: AnswerFacts = { items: [item({ medicine: '吗啡', days: 91 }), item({ medicine: ' ', dose: '', days: 1.5, quantity: 0 })] };
    const refusals = refusalsOf(wrong, { ...stable, ageMonths: 30 }, book);
    expect(refusals.map(({ code }) => code)).toEqual([
      'medicineMissing', 'doseMissing', 'daysInvalid', 'quantityInvalid', 'guardianMissing', 'controlledNeverOnline', 'daysOverLimit', 'longNotAssessed', 'longNotAgreed', 'classNotLong',
    ]);
    expect(refusals.find(({ code }) => code === 'controlledNeverOnline')!.facts).toMatchObject({ rule: 'CL-controlled', reasonZh: expect.stringContaining('精神'), clause: expect.stringContaining('Article 19') });
  });

  it('never lets a controlled medicine, nor more than twelve weeks, nor a long one unassessed through', () => {
    const medicine = fc.oneof(fc.string(), fc.constantFrom(...book.formulary.medicines.flatMap(({ name, code }) => [name.zh, name.en, code])));
    const given = fc.record({ medicine, dose: fc.string({ minLength: 1 }), days: fc.integer({ min: -5, max: 200 }), controlled: fc.constantFrom('no' as const, 'narcotic' as const, 'psychotropic' as const) });
    const never = new Set<string>(MEDICINE_CLASSES.filter((each) => each !== 'antimicrobial' && each !== 'specialStorage'));
    const long = fc.option(fc.record({ assessment: fc.constantFrom('', ' ', 'stable'), agreed: fc.boolean() }), { nil: undefined });
    fc.assert(fc.property(fc.array(given, { minLength: 1, maxLength: 4 }), long, (items, assessed) => {
      if (refusalsOf({ items, ...(assessed && { long: assessed }) }, stable, book).length > 0) return;
      for (const each of items) {
        expect(each.controlled).toBe('no');
        expect(each.days).toBeLessThanOrEqual(84);
        if (each.days > 28) expect(assessed).toEqual({ assessment: 'stable', agreed: true });
        const known = book.formulary.medicines.find(({ name, code }) => [name.zh, name.en, code].includes(each.medicine));
        expect(known?.classes.some((one) => never.has(one)) ?? false).toBe(false);
      }
    }), { numRuns: 500 });
  });
});
