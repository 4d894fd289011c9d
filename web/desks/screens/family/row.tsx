import { useState } from 'react';
import type { DayListRow } from '../../../../src/panels/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePost } from '../../data/post.ts';
import { useCity, useMe } from '../../data/queries.ts';
import { Due } from '../../journey/due.tsx';
import { ageOf } from '../../journey/line.tsx';
import { Facts } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime, useNow } from '../../shell/now.ts';
import { Raise, Refill } from './ask.tsx';
import { Record } from './record.tsx';
import { Responsible } from './responsible.tsx';
import { says } from './says.ts';

interface RowProps {
  readonly row: DayListRow;
  readonly gone: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onRaised: (journey: string) => void;
}

/** One person: why, in the order of pressing; call; how it ended. Whoever of the team calls them is named. */
export function MemberRow({ row, gone, open, onOpen, onRaised }: RowProps) {
  const words = useWords();
  const { t, word } = words;
  const now = useNow();
  const me = useMe().data?.actor.id;
  const { member, why: [first, ...others], calling } = row;
  const running = calling && calling.until > now ? calling : undefined;
  const mine = running?.by === me;
  return (
    <li className={`member-row${gone ? ' gone' : ''}${open ? ' selected' : ''}`}>
      <div className="member-top">
        <button type="button" className="row-open" data-member={member.id} aria-expanded={open} disabled={gone} onClick={onOpen}>
          <span className="member-who"><b>{member.name}</b> <span className="quiet">{[ageOf(words, member.ageMonths), ...member.groups.map((group) => word('group', group)), ...member.conditions.map((condition) => word('condition', condition))].filter(Boolean).join(' · ')}</span></span>
          {first && <span className="member-why"><b>{says(words, first)}</b> {first.urgency === 'now' || first.urgency === 'today' ? <Due at={first.by} /> : <span className="quiet">{t(first.by < now ? 'family.since' : 'time.by', { time: dayAndTime(first.by) })}</span>}</span>}
          {others.length > 0 && <span className="member-also">{others.map((reason) => says(words, reason)).join(' · ')}</span>}
        </button>
        {!gone && <Call row={row} by={mine ? undefined : running} />}
      </div>
      {!gone && (mine || open) && <Record member={member} />}
      {!gone && open && <Known row={row} />}
      {!gone && open && <Needs row={row} onRaised={onRaised} />}
    </li>
  );
}

/** One tap dials and says to the team who is calling; for ten minutes nobody else does. */
function Call({ row: { member }, by }: { readonly row: DayListRow; readonly by: DayListRow['calling'] }) {
  const { t } = useWords();
  const call = usePost('panels');
  if (by) return <span className="member-call">{t('family.calling', { name: by.name, time: clockTime(by.since) })}</span>;
  if (member.phone === '') return <span className="member-call problem">{t('family.no-phone')}</span>;
  return (
    <span className="member-call">
      <a className="button" href={`tel:${member.phone}`} aria-label={t('act.for', { verb: t('family.call'), name: member.name })} onClick={() => call.now(`/api/panels/members/${member.id}/call`, {})}>
        {t('family.call')} <span className="phone">{member.phone}</span>
      </a>
      {member.tries > 0 && <span className="quiet">{t('family.tries', { count: member.tries, time: member.nextTryAt === undefined ? '–' : dayAndTime(member.nextTryAt) })}</span>}
      {call.problem && <span role="alert" className="problem">{call.problem}</span>}
    </span>
  );
}

function Known({ row: { member, medicines, session, plans } }: { readonly row: DayListRow }) {
  const { t, word, say } = useWords();
  const now = useNow();
  const city = useCity();
  const town = city.data?.towns.find(({ code }) => code === member.town);
  const left = (medicine: DayListRow['medicines'][number]): number => Math.max(0, Math.floor((medicine.dispensedAt + medicine.days * 86_400_000 - now) / 86_400_000));
  return (
    <Facts rows={[
      [t('fact.address'), `${say(town?.name) || member.town} · ${member.address}`],
      [t('fact.medicine'), medicines.length > 0 && (
        <ul className="plain-rows">{medicines.map((each) => <li key={each.name}>{t('family.medicine-left', { medicine: each.name, days: left(each) })}{each.neverRunOut && <b> · {t('family.never-run-out')}</b>}</li>)}</ul>
      )],
      [t('family.session'), session && `${word('service', session.service)} · ${word('series-state', session.state)}${session.gapEndsAt === undefined ? '' : ` · ${t('series.gap-ends', { time: dayAndTime(session.gapEndsAt) })}`}`],
      [t('family.last-contact'), member.lastContact ? `${dayAndTime(member.lastContact.at)} · ${member.lastContact.by}${member.lastContact.note ? ` · ${member.lastContact.note}` : ''}` : member.lastContactAt !== undefined && dayAndTime(member.lastContactAt)],
      [t('family.expected'), member.expectedAt !== undefined && dayAndTime(member.expectedAt)],
      [t('family.knock-asked'), member.knock && <>{t('family.knock', { address: member.address })} <Due at={member.knock.dueAt} /></>],
      [t('lock.plan'), plans.length > 0 && plans.map(({ need, outcome }) => `${word('plan-need', need)}${outcome ? `: ${word('plan-outcome', outcome)}` : ''}`).join(' · ')],
    ]} />
  );
}

function Needs({ row, onRaised }: { readonly row: DayListRow; readonly onRaised: (journey: string) => void }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<'refill' | 'raise' | 'responsible'>();
  const done = (journey?: string): void => {
    setDoing(undefined);
    if (journey) onRaised(journey);
  };
  return (
    <>
      <div className="actions">
        {row.medicines.length > 0 && <button type="button" aria-pressed={doing === 'refill'} onClick={() => setDoing('refill')}>{t('family.refill')}</button>}
        <button type="button" aria-pressed={doing === 'raise'} onClick={() => setDoing('raise')}>{t('family.unwell')}</button>
        <button type="button" className="plain" aria-pressed={doing === 'responsible'} onClick={() => setDoing('responsible')}>{t('family.change')}</button>
      </div>
      {doing === 'refill' && <Refill row={row} onDone={done} />}
      {doing === 'raise' && <Raise member={row.member} onDone={done} />}
      {doing === 'responsible' && <Responsible member={row.member} onDone={() => done()} />}
    </>
  );
}
