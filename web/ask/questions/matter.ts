import { findFinding, type Need } from '../../../src/triage/index.ts';
import { cityNow } from '../../shared/clock.ts';
import { callLink } from '../../shared/plain/frame.ts';
import { choices, selectField, textArea, textField } from '../../shared/plain/fields.ts';
import { h } from '../../shared/plain/dom.ts';
import { phonesOf, runsService } from '../../shared/city.ts';
import { dayName } from '../../shared/time.ts';
import { say, t, type Code } from '../../shared/words.ts';
import { callsFor120, DANGER } from '../interview.ts';
import { inDanger, numberOf, type Answers } from '../answers.ts';
import { ICONS, MATTERS } from '../matters.ts';
import { always, nothingWrong, type Question } from './question.ts';

const DAY_MS = 86_400_000;
/** Needs that come on: since when, and how hot. A refill has no beginning. */
const WITH_COURSE: readonly Need[] = ['emergency', 'fever', 'severeIllness', 'paediatrics', 'generalOutpatient', 'specialist', 'onlineConsultation', 'chemotherapy'];
const FEVERISH: readonly Need[] = ['fever', 'paediatrics', 'chemotherapy'];
const SINCE_HOURS = ['1', '6', '24', '72', '168', 'unknown'] as const;
const DAYS_BACK = ['0', '1', '2', '3', '4', '5', '6'];
const SESSION_HOURS = ['7', '12', '17'];
/** Outside of these a thermometer is misread: 3.75, or Fahrenheit. */
const TEMPERATURE = { least: 30, most: 45 };
const DAYS_LEFT_MOST = 400;

export const who: Question = {
  id: 'who',
  title: () => t('ask.who'),
  applies: always,
  draw: ({ answers, set, errors }) => [choices({
    name: 'who', kind: 'radio', plain: true, label: t('ask.who'), chosen: [answers.who], error: errors['who'],
    options: [
      { value: 'me', label: t('ask.who.me') },
      { value: 'other', label: t('ask.who.other'), hint: t('ask.who.otherHint') },
    ],
    onChange: ([value]) => set({ who: value === 'other' ? 'other' : 'me' }),
  })],
  check: ({ who }) => (who ? {} : { who: t('ask.who.missing') }),
};

export const danger: Question = {
  id: 'danger',
  title: () => t('ask.danger'),
  applies: always,
  draw: ({ answers, set, errors }) => [choices({
    name: 'danger', kind: 'checkbox', plain: true, label: t('ask.danger'), hint: t('ask.danger.hint'), chosen: answers.danger,
    error: errors['danger'],
    options: [
      ...DANGER.map((code) => ({ value: code, label: say(findFinding(code)?.name) })),
      { value: 'none', label: t('ask.danger.none'), alone: true },
    ],
    onChange: (chosen) => set({ danger: chosen }),
  })],
  check: ({ danger: chosen }) => (chosen.length > 0 ? {} : { danger: t('ask.danger.missing') }),
};

/** Asks nothing: says what is more important than this page, and that going on is right as well. */
const call120 = (id: string, applies: (answers: Answers) => boolean): Question => ({
  id,
  title: () => t('ask.call'),
  applies,
  draw: ({ city }) => [
    callLink(phonesOf(city).emergency, t('ask.call.now', { number: phonesOf(city).emergency })),
    h('p', {}, t('ask.call.say')),
    h('p', {}, t('ask.call.then')),
  ],
  check: nothingWrong,
  goOn: () => t('ask.call.goOn'),
});
export const callAtOnce = call120('call', inDanger);
export const callAfterInterview = call120('call-now', (answers) => !inDanger(answers) && callsFor120(answers));

export const matter: Question = {
  id: 'matter',
  title: () => t('ask.matter'),
  applies: (answers) => !inDanger(answers),
  draw: ({ answers, set, errors }) => [
    choices({
      name: 'matter', kind: 'radio', plain: true, label: t('ask.matter'), chosen: [answers.matter], error: errors['matter'],
      options: MATTERS.map((need) => ({ value: need, label: t(`matter.${need}` as Code), icon: ICONS[need] })),
      onChange: ([value]) => set({ matter: value as Need, findings: {} }),
    }),
    textArea({ name: 'complaint', label: t('ask.complaint'), hint: t('ask.complaint.hint'), value: answers.complaint, onInput: (complaint) => set({ complaint }) }),
  ],
  check: (answers) => (answers.matter ? {} : { matter: t('ask.matter.missing') }),
};

export const course: Question = {
  id: 'course',
  title: () => t('ask.course'),
  applies: (answers) => !inDanger(answers) && WITH_COURSE.includes(answers.matter as Need),
  draw: ({ answers, set, errors }) => [
    choices({
      name: 'since', kind: 'radio', label: t('ask.since'), chosen: [answers.since],
      options: SINCE_HOURS.map((hours) => ({ value: hours, label: t(`ask.since.${hours}` as Code) })),
      onChange: ([value = '']) => set({ since: value }),
    }),
    FEVERISH.includes(answers.matter as Need) && textField({
      name: 'temperature', label: t('ask.temperature'), hint: t('ask.temperature.hint'), width: 'short', inputmode: 'decimal', maxlength: 5,
      value: answers.temperature, error: errors['temperature'], onInput: (temperature) => set({ temperature }),
    }),
  ],
  check: ({ temperature }) => {
    const celsius = numberOf(temperature);
    const wrong = temperature.trim() !== '' && (celsius === undefined || celsius < TEMPERATURE.least || celsius > TEMPERATURE.most);
    return wrong ? { temperature: t('ask.temperature.wrong', TEMPERATURE) } : {};
  },
};

export const dialysis: Question = {
  id: 'dialysis',
  title: () => t('ask.dialysis'),
  applies: (answers) => !inDanger(answers) && answers.matter === 'haemodialysis',
  draw: ({ answers, set, city }) => [
    selectField({
      name: 'lastSessionDay', label: t('ask.dialysis.day'), value: answers.lastSessionDay, onChange: (lastSessionDay) => set({ lastSessionDay }),
      options: [
        { value: '', label: t('form.choose') },
        ...DAYS_BACK.map((back) => ({ value: back, label: dayName(cityNow() - Number(back) * DAY_MS) })),
        { value: 'unknown', label: t('form.unknown') },
      ],
    }),
    choices({
      name: 'lastSessionHour', kind: 'radio', label: t('ask.dialysis.hour'), chosen: [answers.lastSessionHour], row: true,
      options: SESSION_HOURS.map((hour) => ({ value: hour, label: t(`ask.dialysis.hour.${hour}` as Code) })),
      onChange: ([value = '']) => set({ lastSessionHour: value }),
    }),
    selectField({
      name: 'ownInstitution', label: t('ask.dialysis.unit'), hint: t('ask.dialysis.unitHint'), value: answers.ownInstitution,
      onChange: (ownInstitution) => set({ ownInstitution }),
      options: [
        { value: '', label: t('form.choose') },
        ...(city?.institutions ?? []).filter((each) => runsService(each, 'haemodialysis')).map(({ code, name }) => ({ value: code, label: say(name) })),
        { value: 'unknown', label: t('ask.dialysis.otherUnit') },
      ],
    }),
  ],
  check: nothingWrong,
};

export const medicine: Question = {
  id: 'medicine',
  title: () => t('ask.medicine'),
  applies: (answers) => !inDanger(answers) && answers.matter === 'medicineRefill',
  draw: ({ answers, set, errors }) => [
    textField({ name: 'medicine', label: t('ask.medicine.name'), hint: t('ask.medicine.nameHint'), value: answers.medicine, error: errors['medicine'], onInput: (value) => set({ medicine: value }) }),
    textField({
      name: 'medicineDaysLeft', label: t('ask.medicine.days'), hint: t('ask.medicine.daysHint'), width: 'short', inputmode: 'numeric', maxlength: 3,
      value: answers.medicineDaysLeft, error: errors['medicineDaysLeft'], onInput: (medicineDaysLeft) => set({ medicineDaysLeft }),
    }),
  ],
  check: ({ medicine: name, medicineDaysLeft }) => ({
    ...(!name.trim() && { medicine: t('ask.medicine.missing') }),
    ...(medicineDaysLeft.trim() && !((numberOf(medicineDaysLeft) ?? Infinity) <= DAYS_LEFT_MOST) && { medicineDaysLeft: t('ask.medicine.daysWrong') }),
  }),
};

