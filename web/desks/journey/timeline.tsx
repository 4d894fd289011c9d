import type { JourneyView, LinkView } from '../../../src/journey/index.ts';
import { clockTime } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';
import { Countdown } from './countdown.tsx';
import { holderOf } from './line.tsx';

/** The chain of links from top to bottom: when, who, and where it was late. */
export function Timeline({ links }: { readonly links: readonly LinkView[] }) {
  return (
    <ol className="timeline">
      {links.map((link, index) => <LinkItem key={`${link.kind}${index}`} link={link} />)}
    </ol>
  );
}

function LinkItem({ link }: { readonly link: LinkView }) {
  const words = useWords();
  const last = link.missed.at(-1);
  return (
    <li className={`link link-${link.state}`} aria-current={link.state === 'open' ? 'step' : undefined}>
      <span className="link-time">{timeOf(link)}</span>
      <span className="link-what">
        <b>{words.word('link', link.kind)}</b>
        <span className="only-heard">{words.word('link-state', link.state)}</span>
        <span className="quiet">{words.word('role', link.owner.role)} · {words.say(link.owner.name)}</span>
        {link.state === 'open' && <Countdown link={link} brief />}
        {last && (
          <span className="told">
            {words.t('journey.missed', { count: link.missed.length, time: clockTime(last.at), who: words.word('role', last.told.role), where: words.say(last.told.name) })}
          </span>
        )}
      </span>
    </li>
  );
}

function timeOf({ state, openedAt, doneAt }: LinkView): string {
  if (state === 'done' && doneAt !== undefined) return clockTime(doneAt);
  return state === 'open' && openedAt !== undefined ? clockTime(openedAt) : '';
}

/** Who had the person, from door to door: the closed loop as a record. */
export function CustodyRecord({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  return (
    <ol className="record">
      {journey.custody.map(({ holder, since }, index) => (
        <li key={index}><time>{clockTime(since)}</time> {holderOf(words, holder, journey)}</li>
      ))}
    </ol>
  );
}
