import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { Countdown } from '../../journey/countdown.tsx';
import { ageOf } from '../../journey/line.tsx';
import { listed } from '../../../shared/words.ts';
import { useWords } from '../../shell/language.tsx';
import { Due, driveTime, Waited } from './drive-time.tsx';
import { reasonOf, shortfallOf, type Names } from './notes.ts';

interface LineProps {
  readonly call: BoardCall;
  readonly board: BoardView;
  readonly names: Names;
  /** The whole request, where it is known here: where they are taken, and the step that is due. */
  readonly journey: JourneyView | undefined;
}

/** One call in three lines: who and where and since when, what the board recommends and why, what is missing or worth a look. */
export function CallLine({ call, board, names, journey }: LineProps) {
  const words = useWords();
  const { t, word, say } = words;
  const { acuity, name, need, ageMonths, town, address, unit, sentAt, etaSeconds, askedAt } = call;
  return (
    <span className="call-line">
      <AcuityMark acuity={acuity} compact />
      <span className="call-who"><b>{name}</b> {word('need', need)} {ageOf(words, ageMonths)}</span>
      <span className="call-wait"><Waited since={askedAt} />{journey?.step && <span><span className="quiet">{t('board.due')}</span> <Countdown link={journey.step} brief /></span>}</span>
      <span className="call-where">
        {names.ofTown(town)} {address}
        {journey?.institution && <> <span aria-hidden="true">→</span><span className="only-heard">{t('journey.to')}</span> {say(journey.institution.name)}</>}
      </span>
      {unit !== undefined && (
        <span className="call-answer">
          <b className="code">{unit}</b> {word('mission-step', call.step ?? 'sent')} ·{' '}
          {sentAt !== undefined && etaSeconds !== undefined && <Due sentAt={sentAt} etaSeconds={etaSeconds} travel={board.travel} />}
        </span>
      )}
      <Answer call={call} board={board} names={names} />
      <Hints call={call} names={names} />
      <span className="only-heard">{t(unit === undefined ? 'board.waiting' : 'board.running')}</span>
    </span>
  );
}

/** The recommendation in one line; nothing where the unit on its way stays the best. */
function Answer({ call: { answer, unit }, board, names }: Omit<LineProps, 'journey'>) {
  const words = useWords();
  if (!answer || (answer.unit !== undefined && answer.unit === unit && answer.shortfalls.length === 0)) return null;
  const reasons = listed(...answer.reasons.map((note) => reasonOf(words, note, names)));
  return (
    <>
      {answer.unit !== undefined && answer.unit !== unit && (
        <span className="call-answer">
          <span aria-hidden="true">→</span> <span className="only-heard">{words.t('board.recommended')}</span>{' '}
          <b className="code">{answer.unit}</b> <b>{driveTime(words, answer.etaSeconds ?? 0, board.travel)}</b> {reasons}
        </span>
      )}
      {answer.shortfalls.length > 0 && <span className="call-short">{answer.shortfalls.map((note) => <span key={note.code}>{shortfallOf(words, note, names)}</span>)}</span>}
    </>
  );
}

/** No phone tells two doors of one building apart. */
const HERE_METERS = 30;

/** What a dispatcher would want to know before they press, in one line. */
function Hints({ call: { unitsLost = 0, perhapsSame, nearby }, names }: Pick<LineProps, 'call' | 'names'>) {
  const { t, say } = useWords();
  const [same] = perhapsSame;
  const [near] = nearby;
  const crewNear = (unit: string, meters: number): string => (meters < HERE_METERS ? t('board.near-here', { unit }) : t('board.near-crew', { unit, meters }));
  const hints = [
    unitsLost > 0 && t('board.lost-units', { count: unitsLost }),
    same && t('board.perhaps-same', { name: names.ofJourney(same.journey) ?? t('board.somebody') }),
    near && (near.kind === 'crew' ? crewNear(near.unit, near.meters) : t('board.near-defibrillator', { name: say(near.name), meters: near.meters })),
  ].filter((hint): hint is string => Boolean(hint));
  return hints.length === 0 ? null : <span className="call-hints">{hints.map((hint) => <span key={hint}>{hint}</span>)}</span>;
}
