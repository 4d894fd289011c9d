import type { JourneyView } from '../../../src/journey/index.ts';
import { optionName } from '../../shared/options.ts';
import { findingName } from '../requests/finding-picker.tsx';
import { useWords, type Words } from '../shell/language.tsx';

/** Why this way, by which clause; and what was ruled out, by which clause. The same on every desk. */
export function ReasonList({ reasons, ruledOut }: Pick<JourneyView, 'reasons' | 'ruledOut'>) {
  const words = useWords();
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
              <li key={index}><RuledOutOption option={option} />{words.say(text)} <span className="clause">{clause}</span></li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function RuledOutOption({ option }: { readonly option: string }) {
  const name = optionName(option);
  return name && <><s>{name}</s> </>;
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
