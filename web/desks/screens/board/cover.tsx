import type { BoardView, StandbyMove } from '../../../../src/dispatch/index.ts';
import { usePost } from '../../data/post.ts';
import { useWords } from '../../shell/language.tsx';
import { clockTime } from '../../../shared/time.ts';
import { driveTime } from './drive-time.tsx';
import type { Names } from './notes.ts';

/** Where cover is thin: idle units that would be nearer to the next emergency at another standby point. One press asks the crew. */
export function Moves({ board, mayDecide }: { readonly board: BoardView; readonly mayDecide: boolean }) {
  const { t } = useWords();
  if (board.moves.length === 0) return null;
  return (
    <section className="moves">
      <h2>{t('board.moves')} <span className="count">{board.moves.length}</span></h2>
      <ul className="plain-rows">{board.moves.map((move) => <Move key={`${move.unit}${move.post}`} move={move} board={board} mayDecide={mayDecide} />)}</ul>
    </section>
  );
}

function Move({ move: { unit, post, driveSeconds, savesSeconds }, board, mayDecide }: { readonly move: StandbyMove; readonly board: BoardView; readonly mayDecide: boolean }) {
  const words = useWords();
  const { t, say } = words;
  const posting = usePost('board', 'units');
  const name = say(board.posts.find(({ code }) => code === post)?.name) || post;
  return (
    <li className="unit-row">
      <span className="unit-what">
        <span className="code">{unit}</span> → <b>{name}</b> {driveTime(words, driveSeconds, board.travel)}{' '}
        <span className="quiet">{t('board.move-saves', { seconds: Math.round(savesSeconds) })}</span>
      </span>
      {mayDecide && (
        <span className="unit-do">
          <button type="button" disabled={posting.busy} aria-label={t('board.move-of', { unit, post: name })} onClick={() => posting.now('/api/board/moves', { unit, post })}>
            {t(posting.busy ? 'act.sending' : 'board.move')}
          </button>
          {posting.problem && <span role="alert" className="problem">{posting.problem}</span>}
        </span>
      )}
    </li>
  );
}

/** Units of one district that are out for another. */
export function Aid({ board, names, onSelect }: { readonly board: BoardView; readonly names: Names; readonly onSelect: (journey: string) => void }) {
  const { t } = useWords();
  if (board.aid.length === 0) return null;
  return (
    <section className="aid">
      <h2>{t('board.aid')} <span className="count">{board.aid.length}</span></h2>
      <ul className="plain-rows">
        {board.aid.map(({ unit, journey, from, to, sentAt }) => (
          <li key={unit}>
            <button type="button" className="row-open" onClick={() => onSelect(journey)}>
              <span className="code">{unit}</span> {t('board.aid-of', { from: names.ofDistrict(from), to: names.ofDistrict(to), time: clockTime(sentAt) })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
