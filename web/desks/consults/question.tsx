import './consults.css';
import type { ReactNode } from 'react';
import type { Consult } from '../../../src/consults/index.ts';
import { clockTime } from '../../shared/time.ts';
import { useCity } from '../data/queries.ts';
import { Due } from '../journey/due.tsx';
import { findingName } from '../requests/finding-picker.tsx';
import { useWords, type Words } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';

/** One question as everybody sees it: what, how soon, of whom, what is known of the case, what came of it. */
export function Question({ consult, children }: { readonly consult: Consult; readonly children?: ReactNode }) {
  const words = useWords();
  const { t, word } = words;
  const house = useHouseName();
  const { answer, withdrawn, taken, call, joint, rating } = consult;
  return (
    <article className="stop consult">
      <p className="stop-kind">
        <b>{word('specialty', consult.specialty)} · {word('urgency', consult.urgency)} · {word('consult-mode', consult.mode)}</b>
        {!answer && !withdrawn && <Due at={consult.dueAt} />}
      </p>
      <p className="question-text">{consult.question}</p>
      <Summary consult={consult} />
      <p className="quiet">{t('consult.from', { name: house(consult.askedFrom), time: dayAndTime(consult.askedAt) })} · {whoHasIt(consult, words, house)}</p>
      {call && !answer && <p><a className="button" href={call.url} target="_blank" rel="noreferrer noopener">{t(`consult.call-${call.kind}`, { name: call.name })}</a></p>}
      {answer && <blockquote className="consult-answer"><p>{answer.text}</p><footer>{answer.name}, {dayAndTime(answer.at)}</footer></blockquote>}
      {joint.length > 0 && <ul className="plain-rows">{joint.map(({ at, name, text }) => <li key={at}><b>{t('consult.joint')}</b> {text} <span className="quiet">{name}, {dayAndTime(at)}</span></li>)}</ul>}
      {rating && <p className="quiet">{t('consult.rated', { helped: word('helped', rating.helped) })}{rating.note && `: ${rating.note}`}</p>}
      {withdrawn && <p className="quiet">{t('consult.withdrawn', { reason: withdrawn.reason })}</p>}
      <History consult={consult} />
      {!withdrawn && !(taken === undefined && answer) && children}
    </article>
  );
}

function whoHasIt({ askedOf, askedExpert, taken, answer, withdrawn, escalations }: Consult, { t }: Words, house: (code: string) => string): string {
  if (answer || withdrawn) return t('consult.over');
  const asked = askedOf === 'medicalOffice' ? t('consult.at-office') : t('consult.asked-of', { name: [askedExpert, house(askedOf)].filter((part) => part !== undefined).join(' · ') });
  if (!taken) return asked;
  // Passed on after it was taken: both are named, because it is the first one's until the other takes it.
  return escalations.length > taken.passes ? `${t('consult.late', { name: taken.name })} · ${asked}` : t('consult.taken', { name: taken.name });
}

function Summary({ consult: { summary } }: { readonly consult: Consult }) {
  const words = useWords();
  const { t, word } = words;
  if (!summary) return null;
  const { ageMonths, sex, acuity, need, groups, findings, vitals, allergies } = summary;
  const age = ageMonths === undefined ? undefined : ageMonths < 36 ? t('consult.months', { count: ageMonths }) : t('consult.years', { count: Math.floor(ageMonths / 12) });
  const measured = Object.entries(vitals).filter(([, value]) => value !== undefined && value !== null);
  return (
    <ul className="chips consult-case" aria-label={t('consult.case')}>
      {acuity && <li><b>{word('acuity', acuity)}</b></li>}
      {age && <li>{[age, sex && word('sex', sex)].filter(Boolean).join(', ')}</li>}
      {need && <li>{word('need', need)}</li>}
      {groups.map((group) => <li key={group}>{word('group', group)}</li>)}
      {findings.map((code) => <li key={code}>{findingName(words, code)}</li>)}
      {measured.map(([name, value]) => <li key={name}>{word('vital', name)} {String(value)}</li>)}
      {allergies && allergies.length > 0 && <li>{t('consult.allergies')} {allergies.join(', ')}</li>}
    </ul>
  );
}

/** Everybody who had it: who let it pass stays visible. */
function History({ consult: { escalations } }: { readonly consult: Consult }) {
  const { t, word } = useWords();
  const house = useHouseName();
  if (escalations.length === 0) return null;
  return (
    <details>
      <summary>{t('consult.passed-on', { count: escalations.length })}</summary>
      <ol className="plain-rows">
        {escalations.map(({ at, from, to, because }) => (
          <li key={at}><time>{clockTime(at)}</time> {[from.expert, house(from.of)].filter(Boolean).join(' · ')}: {word('passed-on', because)} → {[to.expert, house(to.of)].filter(Boolean).join(' · ')}</li>
        ))}
      </ol>
    </details>
  );
}

/** A hospital's name, or the medical office. */
export function useHouseName(): (code: string) => string {
  const { t, say } = useWords();
  const city = useCity();
  return (code) => (code === 'medicalOffice' ? t('consult.office') : say(city.data?.institutions.find((each) => each.code === code)?.name) || code);
}
