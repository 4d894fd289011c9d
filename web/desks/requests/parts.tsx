import { Select } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useCity } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { NOWHERE, type Draft } from './draft.ts';
import { FindingPicker } from './finding-picker.tsx';
import { PlaceSearch } from './place-search.tsx';

interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly missing: readonly string[];
}

const NEEDS = [
  'emergency', 'fever', 'haemodialysis', 'severeIllness', 'obstetrics', 'paediatrics', 'radiotherapy', 'chemotherapy',
  'inpatientAdmission', 'generalOutpatient', 'specialist', 'expert', 'chronicFollowUp', 'medicineRefill', 'onlineConsultation',
];
const GROUPS = ['pregnant', 'elderly', 'child', 'disabled', 'chronic'];

export function PlacePart({ draft, change, missing }: PartProps) {
  const { t, say } = useWords();
  const city = useCity();
  const towns = (city.data?.towns ?? []).map(({ code, name }) => ({ value: code, label: say(name) }));
  return (
    <fieldset className="grid">
      <legend>{t('new.where')}</legend>
      <Line name="phone" type="tel" value={draft.phone} missing={missing} onChange={(phone) => change({ phone })} autoFocus />
      <PlaceSearch draft={draft} change={change} />
      <Pick name="town" data={towns} value={draft.town} missing={missing} onChange={(town) => change({ town, ...NOWHERE })} />
      <Line name="address" value={draft.address} missing={missing} onChange={(address) => change({ address })} wide />
    </fieldset>
  );
}

export function WrongPart({ draft, change, missing }: PartProps) {
  const { t, say } = useWords();
  const city = useCity();
  const units = (city.data?.institutions ?? []).filter(({ services }) => services.includes('haemodialysis')).map(({ code, name }) => ({ value: code, label: say(name) }));
  const id = useId();
  return (
    <fieldset className="grid">
      <legend>{t('new.what')}</legend>
      <Pick name="need" data={useVocabulary('need', NEEDS)} value={draft.need} missing={missing} onChange={(need) => change({ need })} />
      <Line name="complaint" value={draft.complaint} missing={missing} onChange={(complaint) => change({ complaint })} wide />
      {draft.need === 'haemodialysis' && (
        <>
          <Line name="lastSession" type="datetime-local" value={draft.lastSession} missing={missing} onChange={(lastSession) => change({ lastSession })} />
          <Pick name="ownInstitution" data={units} value={draft.ownInstitution} missing={missing} onChange={(ownInstitution) => change({ ownInstitution })} />
        </>
      )}
      {(draft.need === 'medicineRefill' || draft.need === 'chronicFollowUp') && (
        <>
          <Line name="medicine" value={draft.medicine} missing={missing} onChange={(medicine) => change({ medicine })} />
          <Line name="daysLeft" type="number" value={draft.daysLeft} missing={missing} onChange={(daysLeft) => change({ daysLeft })} />
        </>
      )}
      <div className="field wide">
        <label htmlFor={id}>{t('fact.findings')}</label>
        <FindingPicker id={id} chosen={draft.findings} onChange={(findings) => change({ findings })} />
      </div>
    </fieldset>
  );
}

export function PersonPart({ draft, change, missing }: PartProps) {
  const { t } = useWords();
  return (
    <fieldset className="grid">
      <legend>{t('new.who')}</legend>
      <Line name="name" value={draft.name} missing={missing} onChange={(name) => change({ name })} />
      <AgeInput draft={draft} change={change} missing={missing} />
      <Pick name="sex" data={useVocabulary('sex', ['female', 'male', 'other'])} value={draft.sex} missing={missing} onChange={(sex) => change({ sex: sex as Draft['sex'] })} />
      <GroupChecks draft={draft} change={change} missing={missing} />
      <Line name="proxyName" value={draft.proxyName} missing={missing} onChange={(proxyName) => change({ proxyName })} />
      <Line name="proxyPhone" type="tel" value={draft.proxyPhone} missing={missing} onChange={(proxyPhone) => change({ proxyPhone })} />
    </fieldset>
  );
}

export function SituationPart({ draft, change, missing }: PartProps) {
  const { t } = useWords();
  const kinds = useVocabulary('patient-kind', ['highRiskArea', 'isolationPoint', 'greenCode', 'nonGreenSpecial', 'none']);
  const tests = useVocabulary('test', ['valid', 'expired', 'none', 'positiveAntigen', 'positive']);
  const ways = useVocabulary('mobility', ['walks', 'wheelchair', 'stretcher']);
  return (
    <fieldset className="grid">
      <legend>{t('new.situation')}</legend>
      <Pick name="mobility" data={ways} value={draft.mobility} missing={missing} onChange={(mobility) => change({ mobility })} />
      <Line name="companion" value={draft.companion} missing={missing} onChange={(companion) => change({ companion })} />
      <Pick name="patientKind" data={kinds} value={draft.patientKind} missing={missing} onChange={(patientKind) => change({ patientKind })} />
      <Pick name="test" data={tests} value={draft.test} missing={missing} onChange={(test) => change({ test })} />
    </fieldset>
  );
}

/** The parts of a case that is only tried: no name, no address. */
export function TriedNeed({ draft, change, missing }: PartProps) {
  const { say } = useWords();
  const city = useCity();
  const towns = (city.data?.towns ?? []).map(({ code, name }) => ({ value: code, label: say(name) }));
  return (
    <div className="grid">
      <Pick name="need" data={useVocabulary('need', NEEDS)} value={draft.need} missing={missing} onChange={(need) => change({ need })} />
      <Pick name="town" data={towns} value={draft.town} missing={missing} onChange={(town) => change({ town })} />
    </div>
  );
}

export function PersonTried({ draft, change, missing }: PartProps) {
  return (
    <div className="grid">
      <AgeInput draft={draft} change={change} missing={missing} />
      <Pick name="sex" data={useVocabulary('sex', ['female', 'male', 'other'])} value={draft.sex} missing={missing} onChange={(sex) => change({ sex: sex as Draft['sex'] })} />
      <GroupChecks draft={draft} change={change} missing={missing} />
    </div>
  );
}

function AgeInput({ draft, change, missing }: PartProps) {
  return (
    <div className="pair">
      <Line name="age" type="number" value={draft.age} missing={missing} onChange={(age) => change({ age })} />
      <Pick name="ageUnit" data={useVocabulary('age-unit', ['years', 'months'])} value={draft.ageUnit} missing={missing} onChange={(unit) => change({ ageUnit: unit === 'months' ? 'months' : 'years' })} />
    </div>
  );
}

function GroupChecks({ draft, change }: PartProps) {
  const { word } = useWords();
  const toggle = (group: string): void =>
    change({ groups: draft.groups.includes(group) ? draft.groups.filter((other) => other !== group) : [...draft.groups, group] });
  return (
    <Checks name="groups">
      {GROUPS.map((group) => (
        <label key={group} className="check"><input type="checkbox" checked={draft.groups.includes(group)} onChange={() => toggle(group)} /> {word('group', group)}</label>
      ))}
    </Checks>
  );
}

interface InputProps {
  readonly name: string;
  readonly value: string;
  readonly missing: readonly string[];
  readonly onChange: (value: string) => void;
}

function Line({ name, value, missing, onChange, type = 'text', wide = false, autoFocus = false }: InputProps & { readonly type?: string; readonly wide?: boolean; readonly autoFocus?: boolean }) {
  const { word, t } = useWords();
  const id = useId();
  const absent = missing.includes(name);
  return (
    <div className={`field${wide ? ' wide' : ''}`}>
      <label htmlFor={id}>{word('new-field', name)}</label>
      <input
        id={id} type={type} value={value} autoFocus={autoFocus} autoComplete="off" aria-invalid={absent}
        {...(absent && { 'aria-describedby': `${id}-problem` })} {...(type === 'number' && { min: 0 })} onChange={(event) => onChange(event.target.value)}
      />
      {absent && <p className="problem" id={`${id}-problem`}>{t('act.needed')}</p>}
    </div>
  );
}

/** Typing a few letters finds one of two hundred towns. */
function Pick({ name, value, missing, onChange, data }: InputProps & { readonly data: readonly { value: string; label: string }[] }) {
  const { word, t } = useWords();
  return (
    <Select
      className="field" label={word('new-field', name)} data={[...data]} value={value || null} searchable={data.length > 8} clearable={!['town', 'need', 'ageUnit'].includes(name)}
      nothingFoundMessage={t('pick.nothing')} placeholder={t('act.choose')} error={missing.includes(name) ? t('act.needed') : undefined}
      comboboxProps={{ withinPortal: false }} limit={60} maxDropdownHeight={320}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

function Checks({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const { word } = useWords();
  return <div className="field wide checks" role="group" aria-label={word('new-field', name)}>{children}</div>;
}

function useVocabulary(vocabulary: string, members: readonly string[]): { value: string; label: string }[] {
  const { word } = useWords();
  return members.map((value) => ({ value, label: word(vocabulary, value) }));
}
