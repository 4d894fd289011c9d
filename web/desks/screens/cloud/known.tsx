import type { MedicineLeft } from '../../../../src/clinic/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { findingName } from '../../requests/finding-picker.tsx';
import { ClinicalFacts, Facts, Phone } from '../../journey/panel.tsx';
import { MissingFacts, ReasonList } from '../../journey/reasons.tsx';
import { Timeline } from '../../journey/timeline.tsx';
import { useWords } from '../../shell/language.tsx';
import { useTeams } from '../../panels/queries.ts';

/** What was read out of their words: it raised the acuity at once, and the doctor sees it before anything else. */
export function Heard({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  const heard = journey.visit?.messages?.findLast(({ heard: findings }) => findings !== undefined && findings.length > 0);
  return (
    <div role="alert">
      {heard && <p className="heard">▲ {words.t('cloud.heard', { time: clockTime(heard.at), findings: heard.heard!.map((code) => findingName(words, code)).join(', '), acuity: words.word('acuity', journey.acuity) })}</p>}
    </div>
  );
}

/** Everything that is known, on one page: nobody is asked twice. */
export function Known({ journey, taking }: { readonly journey: JourneyView; readonly taking: readonly MedicineLeft[] }) {
  const { t, word, say } = useWords();
  const teams = useTeams();
  const { person, visit, clinical } = journey;
  const allergies = visit?.allergies;
  const team = teams.data?.teams.find(({ towns }) => towns.includes(journey.town.code));
  return (
    <>
      {clinical && <ClinicalFacts clinical={clinical} />}
      <Facts rows={[
        [t('cloud.allergies'), allergies === undefined ? <b>{t('cloud.allergies-not-asked')}</b> : allergies.length === 0 ? t('cloud.allergies-none') : <b>{allergies.join(', ')}</b>],
        [t('cloud.taking'), taking.length > 0 && <Taking taking={taking} />],
        [t('fact.groups'), person.groups.map((group) => word('group', group)).join(', ')],
        [t('fact.phone'), person.phone && <Phone number={person.phone} />],
        [t('fact.proxy'), person.proxy && <>{person.proxy.name} <Phone number={person.proxy.phone} /></>],
        [t('fact.companion'), person.companion],
        [t('cloud.family-doctor'), team && <>{team.name} {team.phone && <Phone number={team.phone} />}</>],
        [t('fact.place'), journey.institution && say(journey.institution.name)],
      ]} />
      <details>
        <summary>{t('journey.chain')}</summary>
        <Timeline links={journey.links} />
      </details>
      <details>
        <summary>{t('journey.why')}</summary>
        <ReasonList reasons={journey.reasons} ruledOut={journey.ruledOut} />
        <MissingFacts missing={journey.missing} />
      </details>
    </>
  );
}

/** What was dispensed to them, with the days that are left of it. */
export function Taking({ taking }: { readonly taking: readonly MedicineLeft[] }) {
  const { t } = useWords();
  return <ul className="plain-rows">{taking.map((each) => <li key={each.medicine}>{t('family.medicine-left', { medicine: each.medicine, days: each.daysLeft })}{each.neverRunOut !== undefined && <b> · {t('family.never-run-out')}</b>}</li>)}</ul>;
}
