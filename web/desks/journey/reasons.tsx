import type { JourneyView } from '../../../src/journey/index.ts';
import { useCity } from '../data/queries.ts';
import { findingName } from '../requests/finding-picker.tsx';
import { useWords, type Words } from '../shell/language.tsx';

/** Why this way, by which clause; and what was ruled out, by which clause. The same on every desk. */
export function ReasonList({ reasons, ruledOut }: Pick<JourneyView, 'reasons' | 'ruledOut'>) {
  const words = useWords();
  const city = useCity();
  return (
    <>
      <ul className="reasons">
        {reasons.map(({ clause, text }, index) => <li key={index}>{words.say(text)} <span className="clause">{clause}</span></li>)}
      </ul>
      {ruledOut.length > 0 && (
        <>
          <h4>{words.t('journey.ruled-out')}</h4>
          <ul className="reasons">
            {ruledOut.map(({ option, clause, text }, index) => (
              <li key={index}><s>{optionOf(words, option, (code) => words.say(city.data?.institutions.find((one) => one.code === code)?.name))}</s> {words.say(text)} <span className="clause">{clause}</span></li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** `transport:own` has a word, `institution:ZZ-H-003` a name; what this page does not know yet is shown as it is. */
function optionOf({ word }: Words, option: string, institutionName: (code: string) => string): string {
  const [kind = '', value = ''] = option.split(':');
  if (kind === 'transport' || kind === 'pathway' || kind === 'venue') return word(kind, value);
  return (kind === 'institution' && institutionName(value)) || value || option;
}

/** What would make the decision surer. It never kept anybody waiting, and says so. */
export function MissingFacts({ missing }: Pick<JourneyView, 'missing'>) {
  const words = useWords();
  if (missing.length === 0) return null;
  return (
    <>
      <h4>{words.t('journey.missing')}</h4>
      <ul className="reasons">{missing.map((fact) => <li key={fact}>{missingFact(words, fact)}</li>)}</ul>
    </>
  );
}

/** `vitals.temperatureCelsius` and `temperatureCelsius` are one fact; `finding:CODE` is one that no table knows. */
function missingFact(words: Words, fact: string): string {
  const [kind = '', code] = fact.split(':');
  return code === undefined ? words.word('missing', kind.replace('vitals.', '')) : words.t('journey.missing-finding', { finding: findingName(words, code) });
}
