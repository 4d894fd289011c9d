import type { MedicineView, PrescribedItem } from '../../../../src/clinic/index.ts';

/** An answer as it is being written. Numbers are kept as they were typed: an empty field is not a nought. */
export interface AnswerDraft {
  readonly advice: string;
  readonly items: readonly ItemDraft[];
  /** Which illness this follows up. */
  readonly followUpOf: string;
  readonly guardian: string;
  /** As the person says; `none` was asked and is none, empty was not asked. */
  readonly allergies: string;
  readonly noAllergies: boolean;
  readonly assessment: string;
  readonly agreed: boolean;
}

export interface ItemDraft {
  readonly medicine: string;
  readonly dose: string;
  readonly days: string;
  readonly quantity: string;
  /** What the formulary says of it; absent while nothing was chosen from it. */
  readonly known?: MedicineView;
}

/** From so many days on it is a long prescription, which asks for an assessment and a yes. */
export const LONG_FROM_DAYS = 28;
const USUAL_DAYS = 28;

export const emptyItem = (medicine = ''): ItemDraft => ({ medicine, dose: '', days: String(USUAL_DAYS), quantity: '' });

export function startOf(medicine: string | undefined, allergies: readonly string[] | undefined): AnswerDraft {
  return {
    advice: '', items: medicine === undefined ? [] : [emptyItem(medicine)], followUpOf: '', guardian: '',
    allergies: (allergies ?? []).join(', '), noAllergies: allergies?.length === 0, assessment: '', agreed: false,
  };
}

export const isLong = ({ items }: Pick<AnswerDraft, 'items'>): boolean => items.some(({ days }) => Number(days) > LONG_FROM_DAYS);

/** What the server is sent, or would be asked about; a row without a medicine is one that was not begun. */
export function answerBody(draft: AnswerDraft): { readonly advice: string; readonly items: readonly PrescribedItem[] } & Readonly<Record<string, unknown>> {
  const { advice, followUpOf, guardian, assessment, agreed } = draft;
  const items = itemsOf(draft.items);
  const allergies = allergiesOf(draft);
  return {
    advice: advice.trim(), items,
    ...(followUpOf.trim() && { followUpOf: followUpOf.trim() }), ...(guardian.trim() && { guardian: guardian.trim() }), ...(allergies && { allergies }),
    ...(isLong(draft) && { long: { assessment: assessment.trim(), agreed } }),
  };
}

export function itemsOf(items: readonly ItemDraft[]): readonly PrescribedItem[] {
  return items.filter(({ medicine }) => medicine.trim()).map(({ medicine, dose, days, quantity }) => ({
    medicine: medicine.trim(), dose: dose.trim(), days: Number(days) || 0, controlled: 'no', ...(Number(quantity) > 0 && { quantity: Number(quantity) }),
  }));
}

export function allergiesOf({ allergies, noAllergies }: Pick<AnswerDraft, 'allergies' | 'noAllergies'>): readonly string[] | undefined {
  if (noAllergies) return [];
  const named = allergies.split(/[,，、;；]/).map((each) => each.trim()).filter(Boolean);
  return named.length > 0 ? named : undefined;
}

/** Something that is wrong with one field: a rule's reason with its clause, or what the server refused. */
export interface Wrong {
  readonly field: string;
  readonly detail: string;
  readonly clause?: string;
}

/** What is wrong with one field or anything in it, where it is named `items.2.days`; said twice by rule and refusal, it stands there once. */
export function wrongAt(wrong: readonly Wrong[], field: string): readonly Wrong[] {
  const here = wrong.filter((each) => each.field === field || each.field.startsWith(`${field}.`));
  return here.filter((each, place) => here.findIndex(({ detail }) => detail === each.detail) === place);
}

/** What is asked about while it is typed: rows that are whole enough to be judged. */
export function previewOf(draft: AnswerDraft): object | undefined {
  const { advice: _notJudged, items, ...facts } = answerBody(draft);
  const judged = items.map((item) => ({ ...item, dose: item.dose || '–', days: Math.max(1, item.days) }));
  return judged.length > 0 ? { ...facts, items: judged } : undefined;
}
