import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import type { RouteAnswer } from './queries.ts';
import { useWords } from '../../shell/language.tsx';
import { clockTime } from '../../../shared/time.ts';
import { Due, driveTime } from './drive-time.tsx';
import { reasonOf, shortfallOf, type Names } from './notes.ts';
import type { Sending } from './send.ts';

interface DecisionProps {
  readonly call: BoardCall;
  readonly board: BoardView;
  readonly names: Names;
  readonly sending: Sending;
  /** Chosen by hand instead of the recommendation. */
  readonly chosen: string | undefined;
  readonly chosenSeconds: number | undefined;
  readonly route: RouteAnswer | undefined;
  readonly maySend: boolean;
}

/** What one press does, said before it is pressed: which unit, when it is there, why this one, and from whom it is taken. */
export function Decision({ call, board, names, sending, chosen, chosenSeconds, route, maySend }: DecisionProps) {
  const words = useWords();
  const { t } = words;
  const { answer, journey } = call;
  const unit = chosen ?? answer?.unit;
  const sends = unit !== undefined && unit !== call.unit;
  const seconds = chosen === undefined ? answer?.etaSeconds : chosenSeconds;
  const problem = sending.problem(journey);
  const isRecommended = chosen === undefined || chosen === answer?.unit;
  return (
    <section className="decision" aria-label={t('board.recommended')}>
      {call.unit !== undefined && (
        <p className={sends ? undefined : 'decision-unit'}>
          <b className="code">{call.unit}</b> {words.word('mission-step', call.step ?? 'sent')} ·{' '}
          {call.sentAt !== undefined && call.etaSeconds !== undefined && <Due sentAt={call.sentAt} etaSeconds={call.etaSeconds} travel={board.travel} />}
        </p>
      )}
      {sends && (
        <p className="decision-unit">
          {t(isRecommended ? 'board.recommended' : 'board.chosen')} <b className="code">{unit}</b>{' '}
          {seconds !== undefined && <b>{driveTime(words, seconds, route?.source ?? board.travel)}</b>}
          {call.unit !== undefined && <> {t('board.instead-of', { unit: call.unit })}</>}
        </p>
      )}
      {isRecommended && answer && answer.reasons.length > 0 && (
        <ul className="notes">{answer.reasons.map((note) => <li key={note.code}>{reasonOf(words, note, names)}</li>)}</ul>
      )}
      {answer && answer.shortfalls.length > 0 && (
        <ul className="notes missing">{answer.shortfalls.map((note) => <li key={note.code}>{shortfallOf(words, note, names)}</li>)}</ul>
      )}
      {sends && <PerhapsSentAlready call={call} board={board} names={names} />}
      {route?.noWayOpen && <p className="notes missing">{t('board.no-way-open')}</p>}
      {isRecommended && sends && <TakesFrom call={call} board={board} />}
      {sends && maySend && (
        <div className="actions">
          <button type="button" className="primary" disabled={sending.isBusy(journey)} onClick={() => sending.send(call, chosen)}>
            {sending.isBusy(journey) ? t('act.sending') : t('vehicle.send', { vehicle: unit })} <kbd>S</kbd>
          </button>
        </div>
      )}
      {problem && <p role="alert" className="problem">{problem}</p>}
    </section>
  );
}

/** The patient who would lose their unit, and what they would have instead: nobody is left behind by a press that did not say so. */
function TakesFrom({ call: { answer }, board }: Pick<DecisionProps, 'call' | 'board'>) {
  const words = useWords();
  const { t, word } = words;
  const from = board.calls.find(({ mission }) => mission === answer?.takenFrom);
  if (!from || answer?.unit === undefined) return null;
  const next = from.answer?.unit !== answer.unit ? from.answer : undefined;
  const facts = { unit: answer.unit, name: from.name, acuity: word('acuity', from.acuity), time: clockTime(from.askedAt) };
  return (
    <p className="what-happens">
      {next?.unit === undefined ? t('board.take-from', facts) : t('board.take-next', { ...facts, next: next.unit, eta: driveTime(words, next.etaSeconds ?? 0, board.travel) })}
    </p>
  );
}

/** A second unit for one patient is one that somebody else waits for. */
function PerhapsSentAlready({ call: { perhapsSame }, board, names }: Pick<DecisionProps, 'call' | 'board' | 'names'>) {
  const { t } = useWords();
  const other = board.units.find(({ journey }) => perhapsSame.some((same) => same.journey === journey));
  if (other?.journey === undefined) return null;
  return <p className="notes missing">{t('board.same-has-unit', { unit: other.unit, name: names.ofJourney(other.journey) ?? t('board.somebody') })}</p>;
}
