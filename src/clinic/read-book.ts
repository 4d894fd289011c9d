import { z } from 'zod';
import type { Text } from '../base/index.ts';
import type { ClinicBook } from './book.ts';
import type { Formulary, Medicine } from './formulary.ts';
import { MEDICINE_CLASSES } from './prescription.ts';
import { FACT_VALUES, RULE_CODES, type ClinicRules, type Rule } from './rules.ts';

/** What is wrong with a file, where in it, and what to do. */
export interface BookProblem {
  readonly file: string;
  readonly where: string;
  readonly what: string;
}

const text = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) });
const group = z.string().regex(/^[A-Z]\d{0,2}[A-Z]{0,2}\d{0,2}$/, 'write the beginning of an ATC code');

const MedicineBody = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/), zh: z.string().trim().min(1), en: z.string().trim().min(1),
  atc: z.string().regex(/^[A-Z]\d{2}[A-Z]{2}(\d{2})?$/, 'write an ATC code of five or seven characters'),
  strengths: z.array(z.string().trim().min(1)).min(1), unit: z.string().trim().min(1), unitsPerDayMax: z.int().min(1).max(100),
  classes: z.array(z.enum(MEDICINE_CLASSES)).default([]), cold: z.boolean().default(false), neverRunOut: z.string().optional(),
  notIn: z.array(z.enum(['pregnant', 'child'])).default([]), aliases: z.array(z.string().trim().min(1)).default([]),
});

const FormularyBody = z.strictObject({
  version: z.string().min(1), provenance: text, neverRunOut: z.record(z.string(), text), medicines: z.array(MedicineBody).min(1),
  interactions: z.array(z.strictObject({ id: z.string().min(1), a: z.array(group).min(1), b: z.array(group).min(1), say: text })),
  allergies: z.array(z.strictObject({ id: z.string().min(1), names: z.array(z.string().trim().min(2)).min(1), atc: z.array(group).min(1), related: z.array(group) })),
});

const when = z.strictObject({
  ...Object.fromEntries(Object.entries(FACT_VALUES).map(([fact, values]) => [fact, z.array(z.enum(values as unknown as readonly [string, ...string[]])).min(1).optional()])),
  days: z.strictObject({ over: z.int().min(0) }).optional(),
}).refine((conditions) => Object.keys(conditions).length > 0, 'a rule without conditions would refuse everything');

const count = z.int().min(1);
const RulesBody = z.strictObject({
  version: z.string().min(1), sources: z.record(z.string(), z.string().trim().min(1)),
  desk: z.strictObject({ leftAloneMinutes: count, leftAloneOnCallMinutes: count, visitsHeldMax: count, messageLengthMax: count.max(4_000), messagesMax: count.max(1_000), itemsMax: count.max(20) }),
  rules: z.array(z.strictObject({
    id: z.string().min(1), source: z.string(), clause: text, when, then: z.enum(['refuse', 'sendOn']), code: z.enum(RULE_CODES), field: z.string().min(1), reason: text,
  })).min(1),
});

/** What no city may leave out, whatever it writes: the book is refused whole. */
const MUST_HAVE = ['controlledNeverOnline', 'daysOverLimit', 'longNotAssessed', 'longNotAgreed', 'guardianMissing', 'firstVisitNotOnline'] as const;

export type ReadBook = { readonly book: ClinicBook } | { readonly problems: readonly BookProblem[] };

/** Both files as YAML gave them; every problem of both at once. */
export function readBook(rulesGiven: unknown, formularyGiven: unknown): ReadBook {
  const problems: BookProblem[] = [];
  const rules = check('rules.yaml', RulesBody, rulesGiven, problems);
  const formulary = check('formulary.yaml', FormularyBody, formularyGiven, problems);
  if (rules) {
    twice('rules.yaml', 'rules', rules.rules.map(({ id }) => id), problems);
    for (const { id, source } of rules.rules) {
      if (!Object.hasOwn(rules.sources, source)) problems.push({ file: 'rules.yaml', where: `rules ${id} source`, what: `"${source}" is not among sources: name where the rule comes from` });
    }
    for (const code of MUST_HAVE) {
      if (!rules.rules.some((rule) => rule.code === code)) problems.push({ file: 'rules.yaml', where: 'rules', what: `no rule says ${code}: without it the clinic would do what the law forbids` });
    }
  }
  if (formulary) {
    twice('formulary.yaml', 'medicines', formulary.medicines.map(({ code }) => code), problems);
    twice('formulary.yaml', 'interactions', formulary.interactions.map(({ id }) => id), problems);
    for (const { code, neverRunOut } of formulary.medicines) {
      if (neverRunOut !== undefined && !Object.hasOwn(formulary.neverRunOut, neverRunOut)) problems.push({ file: 'formulary.yaml', where: `medicines ${code} neverRunOut`, what: `"${neverRunOut}" is not among neverRunOut` });
    }
  }
  if (problems.length > 0 || !rules || !formulary) return { problems };
  return { book: { rules: rulesOf(rules), formulary: formularyOf(formulary) } };
}

function check<S extends z.ZodType>(file: string, schema: S, given: unknown, problems: BookProblem[]): z.output<S> | undefined {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  problems.push(...parsed.error.issues.map(({ path, message }) => ({ file, where: path.join('.') || 'file', what: message })));
  return undefined;
}

function twice(file: string, list: string, names: readonly string[], problems: BookProblem[]): void {
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) problems.push({ file, where: `${list} ${name}`, what: 'is written twice: keep one' });
}

function rulesOf({ version, sources, desk, rules }: z.output<typeof RulesBody>): ClinicRules {
  const said = (source: string): Text => ({ zh: sources[source]!, en: sources[source]! });
  return { version, desk, rules: rules.map((rule): Rule => ({ ...rule, source: said(rule.source), when: present(rule.when) as Rule['when'] })) };
}

function formularyOf({ version, provenance, neverRunOut, medicines, interactions, allergies }: z.output<typeof FormularyBody>): Formulary {
  return {
    version, provenance, interactions, allergies, neverRunOut: new Map(Object.entries(neverRunOut)),
    medicines: medicines.map(({ zh, en, cold, neverRunOut: group_, ...rest }): Medicine => ({ ...rest, name: { zh, en }, coldChain: cold, ...(group_ !== undefined && { neverRunOut: group_ }) })),
  };
}

function present(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
