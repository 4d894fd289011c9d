import { useEffect, useRef } from 'react';
import type { Decision } from '../../../../../src/policy/index.ts';
import { useCity } from '../../../data/queries.ts';
import { AcuityMark } from '../../../journey/acuity.tsx';
import { FiredRows } from '../../../journey/fired.tsx';
import { Facts } from '../../../journey/panel.tsx';
import { MissingFacts, ReasonList } from '../../../journey/reasons.tsx';
import { useWords } from '../../../shell/language.tsx';
import { within } from '../../../shell/say.ts';

/** A decision as it would be made: how urgent and by which rows, which way and why, every step with its owner and deadline. */
export function Decided({ decision, inPeriod, old }: { readonly decision: Decision; readonly inPeriod: boolean; readonly old: boolean }) {
  const { t, word, say } = useWords();
  const city = useCity();
  const institution = city.data?.institutions.find(({ code }) => code === decision.institution);
  const place = useRef<HTMLDivElement>(null);
  // On a narrow screen the answer lies below the form: whoever asked is taken there.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [decision]);
  return (
    <div className="decided" role="status" ref={place}>
      {old && <p className="quiet">{t('policy.decided-old')}</p>}
      <p className="decided-way"><AcuityMark acuity={decision.acuity} /></p>
      <p className="decided-way"><b>{word('pathway', decision.pathway)}</b> · {word('transport', decision.transport)}{decision.pathway !== 'remote' && <> · {word('entry', decision.entry.via)}</>}</p>
      <Facts rows={[
        [t('fact.place'), institution ? `${say(institution.name)} (${word('venue', decision.venueKind)})` : word('venue', decision.venueKind)],
        [t('policy.in-force'), t(inForce(decision, inPeriod))],
      ]} />
      <h3>{t('policy.triage')}</h3>
      <FiredRows fired={decision.fired} />
      <h3>{t('journey.chain')}</h3>
      <table>
        <thead><tr><th>{t('policy.step')}</th><th>{t('policy.owner')}</th><th className="number">{t('policy.within')}</th></tr></thead>
        <tbody>
          {decision.links.map(({ kind, owner, dueSeconds }, index) => (
            <tr key={index}><td>{word('link', kind)}</td><td>{word('role', owner)}</td><td className="number">{within(dueSeconds)}</td></tr>
          ))}
        </tbody>
      </table>
      <h3>{t('journey.why')}</h3>
      <ReasonList reasons={decision.reasons} ruledOut={decision.ruledOut} />
      <MissingFacts missing={decision.missing} />
    </div>
  );
}

/** Where nobody said where the person is, nobody knows; the rules then give what the announcement adds. */
function inForce({ policyInForce, missing }: Decision, inPeriod: boolean): 'policy.in-force-yes' | 'policy.in-force-unknown' | 'policy.in-force-no' {
  if (policyInForce) return 'policy.in-force-yes';
  return inPeriod && missing.includes('town') ? 'policy.in-force-unknown' : 'policy.in-force-no';
}
