import { useDebouncedValue } from '@mantine/hooks';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { useWords } from '../../shell/language.tsx';
import { answerBody, isLong, previewOf, wrongAt, type AnswerDraft, type Wrong } from './draft.ts';
import { Items, WrongList } from './items.tsx';
import { Warnings } from './prescription.tsx';
import { usePreview } from './queries.ts';

const UNDER_SIX_MONTHS = 72;
const TYPING_MS = 300;

interface PrescribingProps {
  readonly journey: JourneyView;
  readonly draft: AnswerDraft;
  readonly change: (part: Partial<AnswerDraft>) => void;
  /** What the server refused when it was sent. */
  readonly refused: readonly Wrong[];
}

/** What is prescribed and what has to stand beside it. What a rule says against it is said while it is typed, with the clause. */
export function Prescribing({ journey, draft, change, refused }: PrescribingProps) {
  const { t, say } = useWords();
  const [judged] = useDebouncedValue(draft, TYPING_MS);
  const preview = usePreview(journey.id, previewOf(judged)).data;
  const prescribes = draft.items.length > 0;
  const young = journey.person.ageMonths !== undefined && journey.person.ageMonths < UNDER_SIX_MONTHS;
  const broken = (prescribes ? (preview?.broken ?? []) : []).map(({ field, reason, clause, source }): Wrong => ({ field, detail: say(reason), clause: `${source} · ${say(clause)}` }));
  const wrong = [...broken, ...refused];
  const is = (name: string): { readonly 'aria-invalid': boolean } => ({ 'aria-invalid': wrongAt(wrong, name).length > 0 });
  return (
    <>
      <Items items={draft.items} wrong={wrong} onChange={(items) => change({ items })} />
      {/* About the whole of it, and about no row. */}
      <WrongList wrong={wrong.filter(({ field }) => field === 'items' || field === 'controlled')} />
      {prescribes && (
        <>
          <label>{t('cloud.follow-up')}<input maxLength={200} value={draft.followUpOf} {...is('followUpOf')} onChange={(event) => change({ followUpOf: event.target.value })} /></label>
          <WrongList wrong={wrongAt(wrong, 'followUpOf')} />
          <fieldset>
            <legend>{t('cloud.allergies')}</legend>
            <label className="check"><input type="checkbox" checked={draft.noAllergies} onChange={(event) => change({ noAllergies: event.target.checked })} />{t('cloud.allergies-none')}</label>
            {!draft.noAllergies && <label>{t('cloud.allergies-which')}<input maxLength={300} value={draft.allergies} {...is('allergies')} onChange={(event) => change({ allergies: event.target.value })} /></label>}
          </fieldset>
        </>
      )}
      {prescribes && young && <><label>{t('cloud.guardian')}<input maxLength={100} value={draft.guardian} {...is('guardian')} onChange={(event) => change({ guardian: event.target.value })} /></label><WrongList wrong={wrongAt(wrong, 'guardian')} /></>}
      {isLong(draft) && (
        <fieldset>
          <legend>{t('cloud.long')}</legend>
          <p className="quiet">{t('cloud.long-say')}</p>
          <label>{t('cloud.assessment')}<textarea rows={2} maxLength={1_000} value={draft.assessment} {...is('long.assessment')} onChange={(event) => change({ assessment: event.target.value })} /></label>
          <label className="check"><input type="checkbox" checked={draft.agreed} onChange={(event) => change({ agreed: event.target.checked })} />{t('cloud.agreed')}</label>
          <WrongList wrong={wrongAt(wrong, 'long')} />
        </fieldset>
      )}
      {prescribes && preview && <Warnings prescription={{ id: '', items: answerBody(judged).items, warnings: preview.warnings, notChecked: preview.notChecked }} />}
    </>
  );
}
