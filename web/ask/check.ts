import { findFinding } from '../../src/triage/index.ts';
import type { CityView } from '../shared/city.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { clockOrDay } from '../shared/time.ts';
import { listed, say, t, word, type Code } from '../shared/words.ts';
import { findingsOf, inDanger, lastSessionAt, numberOf, type Answers } from './answers.ts';
import { questionsFor } from './interview.ts';

interface Row {
  readonly label: string;
  readonly value: string;
  /** The page on which it can be changed. */
  readonly page: string;
}

/** The summary before sending: every answer in words, each with its way back. */
export function checkList(answers: Answers, city: CityView | undefined, change: (page: string) => void): Child {
  return h('dl', { class: 'summary' }, rows(answers, city).map(({ label, value, page }) =>
    h('div', {},
      h('dt', {}, label),
      h('dd', {}, value),
      h('dd', {}, h('button', { type: 'button', class: 'link', click: () => change(page) }, t('check.change'), h('span', { class: 'only-heard' }, ` ${label}`))))));
}

function rows(answers: Answers, city: CityView | undefined): readonly Row[] {
  const list: Row[] = [];
  const add = (page: string, label: Code, value: string | false | undefined): void => {
    if (value) list.push({ page, label: t(label), value });
  };
  const unknown = t('form.unknown');
  const chosen = (prefix: string, value: string): string => (value === '' || value === 'unknown' ? unknown : t(`${prefix}.${value}` as Code));
  const findings = listed(...findingsOf(answers).map((code) => say(findFinding(code)?.name)));

  add('who', 'check.who', t(answers.who === 'other' ? 'ask.who.other' : 'ask.who.me'));
  add('danger', 'check.danger', inDanger(answers) ? findings : t('ask.danger.none'));
  if (!inDanger(answers)) {
    add('matter', 'check.matter', answers.matter && t(`matter.${answers.matter}` as Code));
    add('matter', 'check.complaint', answers.complaint.trim());
    add('course', 'check.since', answers.since && t(`ask.since.${answers.since}` as Code));
    add('course', 'check.temperature', numberOf(answers.temperature) !== undefined && `${answers.temperature} °C`);
    if (answers.matter === 'haemodialysis') {
      const session = lastSessionAt(answers, cityNow());
      add('dialysis', 'check.session', session === undefined ? unknown : clockOrDay(session, cityNow()));
      add('dialysis', 'check.unit', say(city?.institutions.find(({ code }) => code === answers.ownInstitution)?.name) || unknown);
    }
    if (answers.matter === 'medicineRefill') {
      add('medicine', 'check.medicine', answers.medicine.trim());
      add('medicine', 'check.days', answers.medicineDaysLeft.trim() || unknown);
    }
    if (questionsFor(answers).length > 0) add('interview-1', 'check.signs', findings || t('check.noSigns'));
  }
  add('about', 'check.age', `${answers.age} ${t(answers.ageUnit === 'years' ? 'ask.age.years' : 'ask.age.months')}`);
  add('about', 'check.sex', answers.sex && word('sex', answers.sex));
  add('about', 'check.groups', listed(...answers.groups.filter((group) => group !== 'none').map((group) => word('group', group))));
  add('where', 'check.where', listed(say(city?.towns.find(({ code }) => code === answers.town)?.name), answers.address.trim()));
  if (!inDanger(answers)) {
    add('situation', 'check.situation', chosen('ask.situation', answers.patientKind));
    add('situation', 'check.test', chosen('ask.test', answers.test));
    add('moving', 'check.moving', chosen('ask.moving', answers.mobility));
    add('moving', 'check.companion', answers.companion.trim());
  }
  add('contact', 'check.name', answers.name.trim());
  add('contact', 'check.phone', answers.phone.trim());
  if (answers.who === 'other') add('contact', 'check.proxy', `${answers.proxyName.trim()} ${answers.proxyPhone.trim()}`);
  return list;
}
