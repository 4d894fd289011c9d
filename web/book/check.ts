import type { CityView } from '../shared/city.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { listed, say, t, word, type Code } from '../shared/words.ts';
import type { Booking } from './state.ts';
import { seatLine } from './words.ts';

interface Row {
  readonly page: string;
  readonly label: Code;
  readonly value: string | undefined;
}

/** Every answer in words, each with its way back. */
export function checkList(booking: Booking, city: CityView | undefined, change: (page: string) => void): Child {
  return h('dl', { class: 'summary' }, rowsOf(booking, city).filter(({ value }) => value).map(({ page, label, value }) =>
    h('div', {},
      h('dt', {}, t(label)),
      h('dd', {}, value),
      h('dd', {}, h('button', { type: 'button', class: 'link', click: () => change(page) }, t('check.change'), h('span', { class: 'only-heard' }, ` ${t(label)}`))))));
}

function rowsOf({ choice, answers }: Booking, city: CityView | undefined): readonly Row[] {
  const chosen = (prefix: string, value: string): string => (value === '' || value === 'unknown' ? t('form.unknown') : t(`${prefix}.${value}` as Code));
  return [
    { page: 'service', label: 'book.check.service', value: choice.service && t(`book.service.${choice.service}` as Code) },
    { page: 'when', label: 'book.check.seat', value: choice.seat ? seatLine(choice.seat) : t('book.check.waiting') },
    { page: 'contact', label: 'check.name', value: answers.name.trim() },
    { page: 'contact', label: 'check.phone', value: answers.phone.trim() },
    { page: 'contact', label: 'check.proxy', value: answers.who === 'other' ? `${answers.proxyName.trim()} ${answers.proxyPhone.trim()}` : '' },
    { page: 'about', label: 'check.age', value: `${answers.age} ${t(answers.ageUnit === 'years' ? 'ask.age.years' : 'ask.age.months')}` },
    { page: 'about', label: 'check.sex', value: answers.sex && word('sex', answers.sex) },
    { page: 'about', label: 'check.groups', value: listed(...answers.groups.filter((group) => group !== 'none').map((group) => word('group', group))) },
    { page: 'where', label: 'check.where', value: listed(say(city?.towns.find(({ code }) => code === answers.town)?.name), answers.address.trim()) },
    { page: 'situation', label: 'check.situation', value: chosen('ask.situation', answers.patientKind) },
    { page: 'situation', label: 'check.test', value: chosen('ask.test', answers.test) },
    { page: 'moving', label: 'check.moving', value: chosen('ask.moving', answers.mobility) },
    { page: 'moving', label: 'check.companion', value: answers.companion.trim() },
  ];
}
