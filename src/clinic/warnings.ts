import { DAY_MS, type Instant } from '../base/index.ts';
import { findMedicine, inGroup, type Formulary, type Medicine } from './formulary.ts';
import { medicinesLeftOf } from './medicines-left.ts';
import { plain } from './plain.ts';
import type { DispensedItem, NotChecked, PrescribedItem, Warning } from './prescription.ts';

/** As much of a person as a pharmacist's check needs. */
export interface TakenBy {
  readonly ageMonths?: number;
  readonly groups: readonly string[];
  /** Absent: nobody asked. */
  readonly allergies?: readonly string[];
  /** Dispensed to the same person before, whatever journey it was. */
  readonly taking: readonly DispensedItem[];
}

export interface Checked {
  readonly warnings: readonly Warning[];
  readonly notChecked: readonly NotChecked[];
  readonly coldChain: boolean;
}

/** A box of the same medicine that ends within these days is what the new one follows, not what it doubles. */
const REFILL_DAYS = 7;
const LONG_DAYS = 28;
const ADULT_MONTHS = 18 * 12;

/**
 * Everything a pharmacist has to look at before it leaves the shelf, computed from the formulary and from what is known. A warning stops
 * nothing by itself: it waits for a name. So does what is not in the list: it may be a controlled medicine under a name nobody wrote down.
 */
export function checkMedicines(items: readonly PrescribedItem[], person: TakenBy, formulary: Formulary, at: Instant): Checked {
  const known = items.map(({ medicine }) => findMedicine(formulary, medicine));
  const taken = medicinesLeftOf(person.taking, formulary, at).filter(({ endsAt }) => endsAt > at)
    .flatMap(({ medicine, endsAt }) => { const found = findMedicine(formulary, medicine); return found ? [{ medicine: found, endsAt }] : []; });
  const warnings = [
    ...allergies(known, person, formulary), ...duplicates(known, taken, at), ...interactions(known, taken.map(({ medicine }) => medicine), formulary),
    ...known.flatMap((medicine, item) => ofOne(medicine, item, items[item]!, person)),
  ];
  return {
    warnings: [...new Map(warnings.map((warning) => [warning.id, warning])).values()],
    notChecked: person.allergies === undefined ? [{ what: 'allergiesNotAsked' }] : [],
    coldChain: known.some((medicine) => medicine?.coldChain),
  };
}

type Known = readonly (Medicine | undefined)[];

function allergies(known: Known, { allergies: given = [] }: TakenBy, formulary: Formulary): Warning[] {
  return given.flatMap((written) => {
    const text = written.normalize('NFKC').toLowerCase();
    const itself = findMedicine(formulary, written);
    const groups = formulary.allergies.filter(({ names, atc }) => names.some((name) => text.includes(name.toLowerCase())) || (itself && inGroup(itself, atc)));
    // Misspelt, or of something no list here knows: compared with nothing, and a person has to say so by name. Silence would read as "checked".
    if (!itself && groups.length === 0) return [{
      id: `allergyUnread:${Array.from(plain(written)).slice(0, 100).join('')}`, kind: 'allergy', items: known.map((_medicine, item) => item),
      text: { zh: `自述对“${written}”过敏，系统不认识，未能核对，请人工核对`, en: `Says they are allergic to "${written}", which is not in the list: it was compared with nothing, check it yourself` },
    }];
    return known.flatMap((medicine, item): Warning[] => {
      if (!medicine) return [];
      const direct = medicine.code === itself?.code || groups.some(({ atc }) => inGroup(medicine, atc));
      const near = !direct && groups.some(({ related }) => inGroup(medicine, related));
      if (!direct && !near) return [];
      return [{
        id: `allergy:${medicine.code}`, kind: 'allergy', items: [item],
        text: direct
          ? { zh: `自述对“${written}”过敏，处方为${medicine.name.zh}`, en: `Says they are allergic to "${written}"; prescribed: ${medicine.name.en}` }
          : { zh: `自述对“${written}”过敏，${medicine.name.zh}可能交叉过敏`, en: `Says they are allergic to "${written}"; ${medicine.name.en} may cross-react` },
      }];
    });
  });
}

/** The same substance, or the same chemical group (fourth level of ATC), twice at the same time. */
function duplicates(known: Known, taken: readonly { readonly medicine: Medicine; readonly endsAt: Instant }[], at: Instant): Warning[] {
  const sameKind = (a: Medicine, b: Medicine): boolean => a.code === b.code || (a.atc.length >= 5 && a.atc.slice(0, 5) === b.atc.slice(0, 5));
  return known.flatMap((medicine, item): Warning[] => {
    if (!medicine) return [];
    const beside = known.flatMap((other, place) => (other && place > item && sameKind(medicine, other) ? [{ medicine: other, items: [item, place] }] : []));
    const before = taken.filter(({ medicine: other, endsAt }) => sameKind(medicine, other) && (other.code !== medicine.code || endsAt > at + REFILL_DAYS * DAY_MS))
      .map(({ medicine: other }) => ({ medicine: other, items: [item] }));
    return [...beside, ...before].map(({ medicine: other, items }) => ({
      id: `duplicate:${[medicine.code, other.code].sort().join('+')}`, kind: 'duplicate', items,
      text: { zh: `重复用药：${medicine.name.zh}与${other.name.zh}`, en: `The same kind twice: ${medicine.name.en} and ${other.name.en}` },
    }));
  });
}

function interactions(known: Known, taken: readonly Medicine[], formulary: Formulary): Warning[] {
  return formulary.interactions.flatMap(({ id, a, b, say }): Warning[] => {
    const items = known.flatMap((medicine, item) => {
      if (!medicine) return [];
      const others = [...known.filter((other, place): other is Medicine => other !== undefined && place !== item), ...taken];
      return (inGroup(medicine, a) && others.some((other) => inGroup(other, b))) || (inGroup(medicine, b) && others.some((other) => inGroup(other, a))) ? [item] : [];
    });
    return items.length > 0 ? [{ id: `interaction:${id}`, kind: 'interaction', items, text: say }] : [];
  });
}

/** Accepting it means this name and no other. */
const notCheckedId = (written: string): string => `notChecked:${plain(written)}`;

function ofOne(medicine: Medicine | undefined, item: number, { days, medicine: written }: PrescribedItem, { ageMonths, groups }: TakenBy): Warning[] {
  const name = medicine?.name ?? { zh: written, en: written };
  const warnings: Warning[] = [];
  const warn = (kind: Warning['kind'], zh: string, en: string): void => void warnings.push({ id: `${kind}:${medicine?.code ?? item}`, kind, items: [item], text: { zh, en } });
  if (days > LONG_DAYS) warn('longPrescription', `${name.zh}：${days}天的长期处方`, `${name.en}: a long prescription of ${days} days`);
  if (!medicine) {
    return [...warnings, {
      id: notCheckedId(written), kind: 'notInList', items: [item],
      text: { zh: `“${written}”不在药品目录内，未能核对是否特殊管理药品、过敏、重复和相互作用`, en: `"${written}" is not in the formulary: whether it is controlled, allergies, duplicates and interactions were not checked` },
    }];
  }
  if (medicine.coldChain) warn('coldChain', `${name.zh}须冷藏：交接用保温箱`, `${name.en} must stay cold: a cool box at hand-over`);
  const isChild = ageMonths === undefined ? groups.includes('child') || groups.includes('underThree') : ageMonths < ADULT_MONTHS;
  if (isChild && medicine.notIn.includes('child')) warn('child', `${name.zh}：患者未成年`, `${name.en}: the patient is a child`);
  if (groups.includes('pregnant') && medicine.notIn.includes('pregnant')) warn('pregnant', `${name.zh}：患者怀孕`, `${name.en}: the patient is pregnant`);
  return warnings;
}
