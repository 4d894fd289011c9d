import type { BoardView } from '../../../../src/dispatch/index.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { Countdown } from '../../journey/countdown.tsx';
import { useJourney } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { driveTime } from './drive-time.tsx';
import { shortfallOf, type Names } from './notes.ts';
import type { Sending, TakenFrom } from './send.ts';

interface AfterProps {
  readonly sending: Sending;
  readonly board: BoardView;
  readonly names: Names;
  readonly onSelect: (journey: string) => void;
}

/** What became of those who lost a unit to somebody worse: it stays until a dispatcher has seen it. */
export function Afterwards({ sending, ...rest }: AfterProps) {
  if (sending.taken.length === 0) return null;
  return <div className="afterwards" role="status">{sending.taken.map((one) => <One key={one.journey} taken={one} seen={sending.seen} {...rest} />)}</div>;
}

function One({ taken, seen, board, names, onSelect }: Omit<AfterProps, 'sending'> & { readonly taken: TakenFrom; readonly seen: Sending['seen'] }) {
  const words = useWords();
  const { t, word, say } = words;
  const { data } = useJourney(taken.journey);
  const call = board.calls.find(({ journey }) => journey === taken.journey);
  const step = data?.journey.step;
  const next = call?.answer;
  const [missing] = next?.shortfalls.filter(({ code }) => code !== 'unitTaken') ?? [];
  const sentence = (): string => {
    if (!call) return t('board.after-left', { name: taken.name });
    if (call.unit !== undefined) return t('board.after-sent', { name: taken.name, unit: call.unit });
    if (next?.unit !== undefined) return t('board.after-next', { name: taken.name, unit: next.unit, time: driveTime(words, next.etaSeconds ?? 0, board.travel) });
    return t('board.after-waits', { name: taken.name, why: missing ? shortfallOf(words, missing, names) : '' });
  };
  return (
    <div className="after">
      <p>
        {t('board.after-taken', { unit: taken.unit, name: taken.name, goesTo: taken.goesTo })}{' '}
        <AcuityMark acuity={taken.acuity} compact /> <b>{sentence()}</b>{' '}
        {step && <>{word('role', step.owner.role)} · {say(step.owner.name)} <Countdown link={step} brief /></>}
      </p>
      <p>
        <button type="button" onClick={() => onSelect(taken.journey)}>{t('board.after-open')}</button>{' '}
        <button type="button" className="plain" onClick={() => seen(taken.journey)}>{t('board.after-seen')}</button>
      </p>
    </div>
  );
}
