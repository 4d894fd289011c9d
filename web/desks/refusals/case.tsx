import type { DeskView, RefusalCaseView } from '../../../src/reception/index.ts';
import { clockTime } from '../../shared/time.ts';
import { AcuityMark } from '../journey/acuity.tsx';
import { Due } from '../journey/due.tsx';
import { useWords, type Words } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Acts } from './acts.tsx';

/** One refusal: what was said, where the person goes instead and who has them, who answers for it and until when. */
export function Case({ refusal }: { readonly refusal: RefusalCaseView }) {
  const words = useWords();
  const { t, word, say } = words;
  const { acuity, ground, neverBlock, source, aboutName, openedAt, dueAt, statement, decision, over } = refusal;
  return (
    <article className="stop refusal" aria-label={t('refusal.of', { name: say(aboutName) })}>
      <p className="stop-kind">
        <b>{acuity && <AcuityMark acuity={acuity} compact />} {say(aboutName)}</b>
        {dueAt !== undefined && <Due at={dueAt} />}
      </p>
      <p>
        {ground === undefined ? word('refusal-source', source) : `“${word('ground', ground)}”`}
        {neverBlock && <> <b className="never-allowed">{t('refusal.never-allowed')}</b></>}
        {' '}<span className="quiet">{dayAndTime(openedAt)} · {saidBy(refusal, words)}</span>
      </p>
      <dl className="facts">
        <div><dt>{t('refusal.next')}</dt><dd>{nextOf(refusal, words)}</dd></div>
        {refusal.person && <div><dt>{t('refusal.person')}</dt><dd>{word('holder', refusal.person.holder.split(':')[0]!, { name: say(refusal.person.holderName) })}{over && ` · ${overOf(refusal, words)}`}</dd></div>}
        {!refusal.person && over && <div><dt>{t('refusal.person')}</dt><dd>{overOf(refusal, words)}</dd></div>}
        <div><dt>{t('refusal.owner')}</dt><dd>{ownerOf(refusal, words)}</dd></div>
      </dl>
      {statement && <blockquote><p>{statement.text}</p><footer>{t('refusal.stated', { name: statement.by, time: dayAndTime(statement.at) })}</footer></blockquote>}
      {decision && (
        <p><b>{decision.upheld ? t('refusal.upheld', { ground: word('ground', decision.ground ?? 'other') }) : t('refusal.not-upheld')}</b> {decision.reason} <span className="quiet">{decision.by}, {dayAndTime(decision.at)}</span></p>
      )}
      {refusal.person && refusal.person.desks.length > 0 && <Desks desks={refusal.person.desks} />}
      <Acts refusal={refusal} />
    </article>
  );
}

function saidBy({ reports, source }: RefusalCaseView, { t, word }: Words): string {
  if (source !== 'report' && source !== 'gate') return t('refusal.nobody-said');
  const said = reports.filter(({ role }) => role !== 'system');
  return t('refusal.said-by', { who: [...new Set(said.map(({ role, name }) => name ?? word('role', role)))].join(' · ') });
}

function nextOf({ next, nextName, source }: RefusalCaseView, { t, say }: Words): string {
  if (!next) return t(source === 'gate' ? 'refusal.next-gate' : 'refusal.next-none');
  return next.institution === undefined ? t('refusal.next-searched') : t(next.state === 'held' ? 'refusal.next-held' : 'refusal.next-on-the-way', { name: say(nextName) });
}

function overOf({ over }: RefusalCaseView, { t }: Words): string {
  return over ? t(`refusal.over-${over.how}`, { by: over.by ?? '–', time: clockTime(over.at) }) : '';
}

function ownerOf({ taken, ownerName, owner, missed, closedAt }: RefusalCaseView, { t, word, say }: Words): string {
  const told = missed.length > 0 ? ` · ${t('refusal.told', { count: missed.length, time: clockTime(missed.at(-1)!.at) })}` : '';
  if (closedAt !== undefined) return t('refusal.closed', { time: dayAndTime(closedAt), by: taken?.by ?? '–' });
  if (!taken) return `${t('refusal.not-taken', { role: word('role', owner.role), place: say(ownerName) })}${told}`;
  return `${t('refusal.taken', { by: taken.by, time: clockTime(taken.at) })}${told}`;
}

/** Whoever had the next step, one after the other: who let it lie stays visible. */
function Desks({ desks }: { readonly desks: readonly DeskView[] }) {
  const { t, word, say } = useWords();
  return (
    <details>
      <summary>{t('refusal.desks', { count: desks.length })}</summary>
      <table className="refusal-desks">
        <thead><tr><th>{t('refusal.desk-time')}</th><th>{t('refusal.desk-who')}</th><th>{t('refusal.desk-step')}</th><th>{t('refusal.desk-came-of-it')}</th></tr></thead>
        <tbody>
          {desks.map(({ role, name, step, from, until, done, missed }) => (
            <tr key={`${from}${step}${role}`}>
              <td>{clockTime(from)}–{until === undefined ? '' : clockTime(until)}</td>
              <td>{word('role', role)} · {say(name)}</td>
              <td>{word('link', step)}</td>
              <td>{done ? t('refusal.desk-done') : until === undefined ? t('refusal.desk-now') : t('refusal.desk-gave-on')}{missed > 0 && ` · ${t('refusal.desk-late', { count: missed })}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
