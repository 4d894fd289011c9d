import type { Text } from '../base/index.ts';
import { plain } from './plain.ts';
import type { MedicineClass } from './prescription.ts';

/** The common medicines as data: `clinic-rules/formulary.yaml`. */
export interface Formulary {
  readonly version: string;
  readonly provenance: Text;
  readonly neverRunOut: ReadonlyMap<string, Text>;
  readonly medicines: readonly Medicine[];
  readonly interactions: readonly Interaction[];
  readonly allergies: readonly AllergyGroup[];
}

export interface Medicine {
  readonly code: string;
  readonly name: Text;
  /** WHO classification; a group is a beginning of it. */
  readonly atc: string;
  readonly strengths: readonly string[];
  readonly unit: string;
  /** In units of the smallest strength. Above it is a typing error or hoarding; it recommends no dose. */
  readonly unitsPerDayMax: number;
  readonly classes: readonly MedicineClass[];
  readonly coldChain: boolean;
  /** Key of `neverRunOut`. */
  readonly neverRunOut?: string;
  readonly notIn: readonly ('pregnant' | 'child')[];
  readonly aliases: readonly string[];
}

export interface Interaction {
  readonly id: string;
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly say: Text;
}

export interface AllergyGroup {
  readonly id: string;
  readonly names: readonly string[];
  readonly atc: readonly string[];
  readonly related: readonly string[];
}

export const inGroup = ({ atc }: Pick<Medicine, 'atc'>, groups: readonly string[]): boolean => groups.some((group) => atc.startsWith(group));

function namesOf({ code, name, aliases }: Medicine): readonly string[] {
  // What the package says of its form (缓释片, "prolonged release") is often left out by whoever writes.
  const short = [name.zh.replace(/(控释片|缓释片|肠溶片|注射液|气雾剂|吸入剂|滴眼液|透皮贴)$/, ''), name.en.replace(/ (prolonged release|modified release|low dose|injection|inhaler|patch|eye drops)$/, '')];
  return [...new Set([code, name.zh, name.en, ...short, ...aliases].map(plain))];
}

/** Written as a word, not inside another one: `insulin` is not in `insulinoma`; Chinese has no blanks between words. */
function saysName(text: string, name: string): boolean {
  if (/[^\x00-\x7f]/.test(name)) return text.includes(name);
  const from = text.indexOf(name);
  if (from < 0) return false;
  return !/[a-z]/.test(text[from - 1] ?? ' ') && !/[a-z]/.test(text[from + name.length] ?? ' ');
}

/**
 * The medicine somebody means by what they wrote: a code, a name in either language, an everyday name, with or without strength. The longest
 * name wins, so that `insulin glargine` is not taken for human insulin.
 * @returns undefined when it is not in the list: nothing can be checked then, and that is said
 */
export function findMedicine(formulary: Formulary, written: string): Medicine | undefined {
  const { names, found } = lookUpOf(formulary);
  const text = plain(written);
  if (found.has(text)) return found.get(text);
  let best: Medicine | undefined;
  let length = 0;
  for (const [name, medicine] of names) {
    if (name.length > length && saysName(text, name)) [best, length] = [medicine, name.length];
  }
  if (found.size >= FOUND_MAX) found.clear();
  found.set(text, best);
  return best;
}

/** The same for every way of writing one medicine. */
export const medicineIdentity = (formulary: Formulary, written: string): string => findMedicine(formulary, written)?.code ?? plain(written);

/** A team's list asks for thousands of boxes of the same few hundred names: each name is looked for once. */
const FOUND_MAX = 20_000;

interface LookUp {
  readonly names: readonly (readonly [name: string, medicine: Medicine])[];
  readonly found: Map<string, Medicine | undefined>;
}

const lookUps = new WeakMap<Formulary, LookUp>();

function lookUpOf(formulary: Formulary): LookUp {
  const known = lookUps.get(formulary);
  if (known) return known;
  const fresh = { names: formulary.medicines.flatMap((medicine) => namesOf(medicine).map((name) => [name, medicine] as const)), found: new Map<string, Medicine | undefined>() };
  lookUps.set(formulary, fresh);
  return fresh;
}

/** What was written may name more than one ("甲药 + 乙药"): every class of each counts. */
export function classesIn(formulary: Formulary, written: string): readonly MedicineClass[] {
  const text = plain(written);
  return [...new Set(formulary.medicines.flatMap((medicine) => (medicine.classes.length > 0 && namesOf(medicine).some((name) => saysName(text, name)) ? medicine.classes : [])))];
}

/** Those whose names or code begin with or contain what was typed, beginnings first. */
export function searchMedicines(formulary: Formulary, typed: string, max: number): readonly Medicine[] {
  const text = plain(typed);
  const rank = (medicine: Medicine): number => {
    const names = [...namesOf(medicine), plain(medicine.atc)];
    if (names.some((name) => name.startsWith(text))) return 0;
    return names.some((name) => name.includes(text)) ? 1 : 2;
  };
  return formulary.medicines.map((medicine) => ({ medicine, rank: rank(medicine) })).filter(({ rank: r }) => r < 2)
    .sort((a, b) => a.rank - b.rank || (a.medicine.code < b.medicine.code ? -1 : 1)).slice(0, max).map(({ medicine }) => medicine);
}
