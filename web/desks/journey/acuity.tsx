import type { JourneyView } from '../../../src/journey/index.ts';
import { useWords } from '../shell/language.tsx';
import { ACUITY_BASELINE, ACUITY_SHAPES } from './shapes.ts';

type Acuity = JourneyView['acuity'];

/** Number, word, shape and colour; `compact` leaves the word to the screen reader and the tooltip. */
export function AcuityMark({ acuity, compact = false }: { readonly acuity: Acuity; readonly compact?: boolean }) {
  const { word } = useWords();
  const name = word('acuity', acuity);
  return (
    <span className={`acuity acuity-${acuity}`} title={compact ? name : undefined}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={ACUITY_SHAPES[acuity]} />
        <text x="12" className={acuity === 'III' ? 'long' : undefined} y={ACUITY_BASELINE[acuity]} textAnchor="middle">{acuity}</text>
      </svg>
      <span className={compact ? 'only-heard' : 'acuity-word'}>{name}</span>
    </span>
  );
}
