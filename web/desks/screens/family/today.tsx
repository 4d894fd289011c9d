import { useRef, useState } from 'react';
import type { DayListRow, DayListView } from '../../../../src/panels/index.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { useDayList } from '../../panels/queries.ts';
import { leave, letGo, touch, useHeld } from '../../shell/hold.ts';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';
import { useSteady } from '../../shell/use-steady.ts';
import { MemberRow } from './row.tsx';

/** Who has to hear from us today; who can least wait stands first, with every reason. */
export function Today({ onRaised }: { readonly onRaised: (journey: string) => void }) {
  const [team, setTeam] = useState<string>();
  const asked = useDayList(team);
  return <Asking asked={asked}>{(list) => <List list={list} team={team} onTeam={setTeam} onRaised={onRaised} />}</Asking>;
}

interface ListProps {
  readonly list: DayListView;
  readonly team: string | undefined;
  readonly onTeam: (team: string | undefined) => void;
  readonly onRaised: (journey: string) => void;
}

function List({ list: { at, rows, total, members, because, teams }, team, onTeam, onRaised }: ListProps) {
  const { t, word } = useWords();
  const shown = useSteady(rows, idOf);
  const held = useHeld();
  const [open, setOpen] = useState<string>();
  const element = useRef<HTMLUListElement>(null);
  const move = (by: number): void => {
    const here = shown.rows.findIndex(({ item }) => item.member.id === open);
    const next = shown.rows[Math.min(shown.rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    if (!next) return;
    touch();
    setOpen(next.item.member.id);
    element.current?.querySelector<HTMLElement>(`[data-member="${CSS.escape(next.item.member.id)}"]`)?.focus();
  };
  useKey('j', () => move(1));
  useKey('k', () => move(-1));
  useKey('n', letGo);
  return (
    <section className="day-list" aria-label={t('family.today')} onPointerMove={touch} onPointerLeave={leave} onFocus={touch}>
      <h2>{t('family.today')} <span className="count">{t('family.of-members', { count: total, members })}</span> <AgeOf at={at} /></h2>
      {(teams.length > 1 || team !== undefined) && (
        <p><label>{t('family.team')} <select className="inline" value={team ?? ''} onChange={(event) => onTeam(event.target.value || undefined)}>
          <option value="">{t('family.all-teams')}</option>
          {teams.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select></label></p>
      )}
      <p className="quiet">{Object.entries(because).map(([why, count]) => t('family.because', { why: word('why', why), count })).join(' · ')}</p>
      <div role="status" className="new-rows">
        {held && shown.waiting.length > 0 && <button type="button" onClick={letGo}>{t('queue.new', { count: shown.waiting.length })} <kbd>N</kbd></button>}
      </div>
      {shown.rows.length === 0 && <Empty>{t('family.today-empty')}</Empty>}
      <ul ref={element} className="rows">
        {shown.rows.map(({ item, gone }) => (
          <MemberRow
            key={item.member.id} row={item} gone={gone} open={open === item.member.id}
            onOpen={() => setOpen(open === item.member.id ? undefined : item.member.id)} onRaised={onRaised}
          />
        ))}
      </ul>
      {total > rows.length && <p className="quiet">{t('family.more', { count: total - rows.length })}</p>}
    </section>
  );
}

const idOf = ({ member }: DayListRow): string => member.id;
