import { useWords } from '../../shell/language.tsx';

interface AskGroundProps {
  readonly grounds: readonly string[];
  readonly onGround: (ground: string) => void;
  readonly onCancel: () => void;
}

/** Which words they were turned away with: one tap is the report, also without a network. */
export function AskGround({ grounds, onGround, onCancel }: AskGroundProps) {
  const { t, word } = useWords();
  return (
    <section className="change">
      <h3>{t('drive.refused-why')}</h3>
      {grounds.map((ground) => <button key={ground} type="button" className="wide" onClick={() => onGround(ground)}>{word('ground', ground)}</button>)}
      <button type="button" className="plain" onClick={onCancel}>{t('act.cancel')}</button>
    </section>
  );
}
