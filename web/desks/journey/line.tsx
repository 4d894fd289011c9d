import type { JourneyView } from '../../../src/journey/index.ts';
import { useWords, type Words } from '../shell/language.tsx';
import { AcuityMark } from './acuity.tsx';
import { Countdown, Told } from './countdown.tsx';

/** One journey in one line, the same everywhere: what, from where, to where, who has it, by when. */
export function JourneyLine({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  const { step, closed } = journey;
  return (
    <span className="journey-line">
      <AcuityMark acuity={journey.acuity} compact />
      <span className="journey-what">
        <b>{journey.person.name}</b> <span>{whatOf(words, journey)}</span>
      </span>
      <span className="journey-way">
        {words.say(journey.town.name)}
        {journey.institution && <> <span aria-hidden="true">→</span><span className="only-heard">{words.t('journey.to')}</span> {words.say(journey.institution.name)}</>}
      </span>
      <span className="journey-step">
        {closed && words.word('outcome', closed.outcome)}
        {step && (
          <>
            <span>{words.word('link', step.kind)}</span> <span className="quiet">{words.word('role', step.owner.role)}</span> <Told link={step} />
          </>
        )}
      </span>
      <span className="journey-due">{step && <Countdown link={step} brief />}</span>
    </span>
  );
}

export function whatOf(words: Words, { need, person }: JourneyView): string {
  const age = ageOf(words, person.ageMonths);
  return age ? `${words.word('need', need)} · ${age}` : words.word('need', need);
}

/** Months up to two years, as a nurse would say it: 14 and 23 months are different children. */
export function ageOf({ t }: Words, ageMonths: number | undefined): string {
  if (ageMonths === undefined) return '';
  return ageMonths < 24 ? t('journey.months', { months: ageMonths }) : t('journey.years', { years: Math.floor(ageMonths / 12) });
}

/** Who has the person, in words: `unit:U07` is "unit U07", `institution:H01` the hospital's name where it is known. */
export function holderOf(words: Words, holder: string, journey: JourneyView): string {
  const colon = holder.indexOf(':');
  const kind = colon < 0 ? holder : holder.slice(0, colon);
  const code = colon < 0 ? '' : holder.slice(colon + 1);
  const name = kind === 'institution' && journey.institution?.code === code ? words.say(journey.institution.name) : code;
  return words.word('holder', kind, { name });
}
