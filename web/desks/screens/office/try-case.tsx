import { useState, type FormEvent } from 'react';
import { cityNow } from '../../../shared/clock.ts';
import type { Decision } from '../../../../src/policy/index.ts';
import { usePost } from '../../data/post.ts';
import { useCity } from '../../data/queries.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { Facts } from '../../journey/panel.tsx';
import { ReasonList } from '../../journey/timeline.tsx';
import { FindingPicker } from '../../requests/finding-picker.tsx';
import { EMPTY, intakeOf, ageMonthsOf, type Draft } from '../../requests/draft.ts';
import { PersonTried, SituationPart, TriedNeed } from '../../requests/parts.tsx';
import { useWords } from '../../shell/language.tsx';

/** A case against a policy: what would be decided, why, and what was ruled out. Nothing is stored and nobody is sent. */
export function TryCase({ policy }: { readonly policy: string }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, need: 'fever' });
  const [decision, setDecision] = useState<Decision>();
  const tried = usePost<{ decision: Decision }>();
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    tried.now('/api/policies/try', { policy, case: caseOf(draft) }, (answer) => setDecision(answer.decision));
  };
  const parts = { draft, change, missing: [] };
  return (
    <section>
      <h2>{t('office.try')}</h2>
      <form onSubmit={submit}>
        <TriedNeed {...parts} />
        <label htmlFor="try-findings">{t('fact.findings')}</label>
        <FindingPicker id="try-findings" chosen={draft.findings} onChange={(findings) => change({ findings })} />
        <PersonTried {...parts} />
        <SituationPart {...parts} />
        <div className="actions"><button type="submit" className="primary" disabled={tried.busy}>{t(tried.busy ? 'act.sending' : 'office.try-do')}</button></div>
        {tried.problem && <p role="alert" className="problem">{tried.problem}</p>}
      </form>
      {decision && <Decided decision={decision} />}
    </section>
  );
}

/** The facts of a case, as if it came in now; who the person is does not belong to it. */
function caseOf(draft: Draft): object {
  const { need, groups, findings, patientKind, test, mobility, town } = intakeOf(draft) as Record<string, unknown>;
  const ageMonths = ageMonthsOf(draft);
  const instant = new Date(cityNow()).toISOString();
  const given = { instant, need, groups, findings, patientKind, test, mobility, town: town || undefined, ageMonths, sex: draft.sex || undefined };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function Decided({ decision }: { readonly decision: Decision }) {
  const words = useWords();
  const { t, word, say } = words;
  const city = useCity();
  const institution = city.data?.institutions.find(({ code }) => code === decision.institution);
  return (
    <div className="decided" role="status">
      <p><AcuityMark acuity={decision.acuity} /> {word('pathway', decision.pathway)} · {word('transport', decision.transport)} · {word('entry', decision.entry.via)}</p>
      <Facts rows={[
        [t('fact.place'), say(institution?.name) || word('venue', decision.venueKind)],
        [t('office.in-force'), t(decision.policyInForce ? 'act.yes' : 'act.no')],
      ]} />
      <h3>{t('journey.chain')}</h3>
      <table>
        <tbody>
          {decision.links.map(({ kind, owner, dueSeconds }, index) => (
            <tr key={index}><td>{word('link', kind)}</td><td>{word('role', owner)}</td><td className="number">{t('time.minutes', { minutes: Math.round(dueSeconds / 60) })}</td></tr>
          ))}
        </tbody>
      </table>
      <h3>{t('journey.why')}</h3>
      <ReasonList reasons={decision.reasons} ruledOut={decision.ruledOut} />
    </div>
  );
}
