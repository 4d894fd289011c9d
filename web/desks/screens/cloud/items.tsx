import { useWords } from '../../shell/language.tsx';
import { emptyItem, wrongAt, type ItemDraft, type Wrong } from './draft.ts';
import { MedicineSearch } from './medicine-search.tsx';

type Change = Partial<Omit<ItemDraft, 'known'>> & { readonly known?: ItemDraft['known'] | undefined };

interface ItemsProps {
  readonly items: readonly ItemDraft[];
  readonly onChange: (items: readonly ItemDraft[]) => void;
  readonly wrong: readonly Wrong[];
}

/** What is prescribed, row by row; what a rule says against a row stands below it while it is typed, with its clause. */
export function Items({ items, onChange, wrong }: ItemsProps) {
  const { t } = useWords();
  const change = (index: number, part: Change): void => onChange(items.map((item, at) => (at === index ? withoutUndefined({ ...item, ...part }) : item)));
  return (
    <fieldset className="prescribing">
      <legend>{t('cloud.prescription')}</legend>
      {items.map((item, index) => {
        const is = (field: string): { readonly 'aria-invalid': boolean } => ({ 'aria-invalid': wrongAt(wrong, `items.${index}.${field}`).length > 0 });
        const { known } = item;
        return (
          <div key={index} className="prescribed" role="group" aria-label={t('cloud.item', { number: index + 1, medicine: item.medicine })}>
            <MedicineSearch value={item.medicine} wrong={wrongAt(wrong, `items.${index}.medicine`).length > 0} onChange={(medicine, found) => change(index, { medicine, known: found })} />
            <label>{t('item.dose')}<input value={item.dose} maxLength={200} {...is('dose')} onChange={(event) => change(index, { dose: event.target.value })} /></label>
            <label>{t('item.days')}<input inputMode="numeric" value={item.days} {...is('days')} onChange={(event) => change(index, { days: event.target.value.replace(/\D/g, '') })} /></label>
            <label>{known ? t('cloud.quantity-of', { unit: known.unit }) : t('cloud.quantity')}<input inputMode="numeric" value={item.quantity} {...is('quantity')} onChange={(event) => change(index, { quantity: event.target.value.replace(/\D/g, '') })} /></label>
            <button type="button" className="plain" aria-label={t('act.for', { verb: t('item.remove'), name: item.medicine })} onClick={() => onChange(items.filter((_, at) => at !== index))}>{t('item.remove')}</button>
            <div className="prescribed-notes" role="status">
              <WrongList wrong={wrongAt(wrong, `items.${index}`)} />
              {known?.neverRunOut !== undefined && <p className="quiet">{t('family.never-run-out')}</p>}
              {known?.coldChain && <p className="quiet">{t('cloud.cold-say')}</p>}
            </div>
          </div>
        );
      })}
      <button type="button" onClick={() => onChange([...items, emptyItem()])}>{t('item.add')}</button>
      <p className="quiet">{t('item.controlled')}</p>
    </fieldset>
  );
}

/** Why not: the reason, and the clause it comes from. */
export function WrongList({ wrong }: { readonly wrong: readonly Wrong[] }) {
  return wrong.map(({ detail, clause }) => <p key={detail} className="problem">{detail}{clause !== undefined && <span className="clause"> {clause}</span>}</p>);
}

/** A medicine that is typed over is no longer the one of the list. */
function withoutUndefined({ known, ...item }: Omit<ItemDraft, 'known'> & Change): ItemDraft {
  return known ? { ...item, known } : item;
}
