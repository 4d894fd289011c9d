import { MOBILITIES, PATIENT_KINDS, TEST_STATES } from '../../../src/policy/index.ts';
import { type CityView } from '../../shared/city.ts';
import { h } from '../../shared/plain/dom.ts';
import { choices, selectField, textField } from '../../shared/plain/fields.ts';
import { say, t, type Code } from '../../shared/words.ts';
import { inDanger, phoneOf } from '../answers.ts';
import { always, nothingWrong, type Asking, type Question } from './question.ts';

const SHOWN_MOST = 30;
/** From a short number of an internal exchange to an international one. */
const PHONE = /^\+?\d{4,15}$/;

export const where: Question = {
  id: 'where',
  title: ({ who }) => t(who === 'other' ? 'ask.where.other' : 'ask.where'),
  applies: always,
  draw: (asking) => {
    const { answers, set, errors, city, redraw } = asking;
    if (!city) return [h('p', { role: 'status' }, t('form.loading'))];
    return [
      selectField({
        name: 'district', label: t('ask.district'), value: answers.district, error: errors['district'],
        options: [{ value: '', label: t('form.choose') }, ...city.districts.map(({ code, name }) => ({ value: code, label: say(name) }))],
        onChange: (district) => {
          set({ district, town: '' });
          redraw();
          document.getElementById('district')?.focus();
        },
      }),
      townField(asking, city),
      textField({
        name: 'address', label: t('ask.address'), hint: t('ask.address.hint'), autocomplete: 'street-address', value: answers.address,
        error: errors['address'], onInput: (address) => set({ address }),
      }),
    ];
  },
  check: ({ town, address }, city) => ({
    ...(!city?.towns.some(({ code }) => code === town) && { town: t('ask.town.missing') }),
    ...(!address.trim() && { address: t('ask.address.missing') }),
  }),
};

/** Type a part of the name, or choose the district first: both lead to a short list. */
function townField({ answers, set, errors }: Asking, city: CityView): HTMLElement {
  const list = h('div', { class: 'towns' });
  const count = h('p', { class: 'only-heard', role: 'status' });
  const fill = (part: string): void => {
    const wanted = part.trim().toLowerCase();
    const matching = city.towns.filter(({ code, name, district }) =>
      code === answers.town ||
      ((!answers.district || district === answers.district) && (answers.district !== '' || wanted !== '') &&
        (name.zh.includes(wanted) || name.en.toLowerCase().includes(wanted))));
    count.textContent = t('ask.town.count', { count: matching.length });
    list.replaceChildren(choices({
      name: 'town', kind: 'radio', plain: true, label: t('ask.town'), chosen: [answers.town], row: true,
      options: matching.slice(0, SHOWN_MOST).map(({ code, name }) => ({ value: code, label: say(name) })),
      onChange: ([code = '']) => {
        const town = city.towns.find((each) => each.code === code);
        set({ town: code, ...(town && { district: town.district }) });
      },
    }));
  };
  const filter = textField({
    name: 'townFilter', label: t('ask.town'), hint: t('ask.town.hint'), value: '', error: errors['town'], onInput: fill,
  });
  fill('');
  // The summary leads to the field that can be typed in, even while no town is listed.
  const anchor = filter.querySelector('input');
  if (errors['town'] && anchor && !list.querySelector('input')) anchor.id = 'town';
  return h('div', {}, filter, count, list);
}

export const situation: Question = {
  id: 'situation',
  title: () => t('ask.situation'),
  applies: (answers) => !inDanger(answers),
  draw: ({ answers, set }) => [
    choices({
      name: 'patientKind', kind: 'radio', plain: true, label: t('ask.situation'), hint: t('ask.situation.hint'), chosen: [answers.patientKind],
      options: [...PATIENT_KINDS, 'unknown'].map((value) => ({ value, label: t(`ask.situation.${value}` as Code) })),
      onChange: ([value = '']) => set({ patientKind: value }),
    }),
    choices({
      name: 'test', kind: 'radio', label: t('ask.test'), hint: t('ask.test.hint'), chosen: [answers.test],
      options: [...TEST_STATES, 'unknown'].map((value) => ({ value, label: t(`ask.test.${value}` as Code) })),
      onChange: ([value = '']) => set({ test: value }),
    }),
  ],
  check: nothingWrong,
};

export const moving: Question = {
  id: 'moving',
  title: ({ who }) => t(who === 'other' ? 'ask.moving.other' : 'ask.moving'),
  applies: (answers) => !inDanger(answers),
  draw: ({ answers, set }) => [
    choices({
      name: 'mobility', kind: 'radio', plain: true, label: t('ask.moving'), chosen: [answers.mobility],
      options: [...MOBILITIES, 'unknown'].map((value) => ({ value, label: t(`ask.moving.${value}` as Code) })),
      onChange: ([value = '']) => set({ mobility: value }),
    }),
    textField({
      name: 'companion', label: t('ask.companion'), hint: t('ask.companion.hint'), value: answers.companion, maxlength: 100,
      onInput: (companion) => set({ companion }),
    }),
  ],
  check: nothingWrong,
};

export const contact: Question = {
  id: 'contact',
  title: () => t('ask.contact'),
  applies: always,
  draw: ({ answers, set, errors }) => [
    textField({
      name: 'name', label: t(answers.who === 'other' ? 'ask.name.other' : 'ask.name'), value: answers.name, autocomplete: answers.who === 'me' ? 'name' : 'off',
      maxlength: 60, error: errors['name'], onInput: (name) => set({ name }),
    }),
    textField({
      name: 'phone', label: t(answers.who === 'other' ? 'ask.phone.other' : 'ask.phone'), hint: t('ask.phone.hint'), type: 'tel', inputmode: 'tel',
      autocomplete: answers.who === 'me' ? 'tel' : 'off', maxlength: 20, value: answers.phone, error: errors['phone'], onInput: (phone) => set({ phone }),
    }),
    answers.who === 'other' && [
      textField({ name: 'proxyName', label: t('ask.proxyName'), autocomplete: 'name', maxlength: 60, value: answers.proxyName, error: errors['proxyName'], onInput: (proxyName) => set({ proxyName }) }),
      textField({ name: 'proxyPhone', label: t('ask.proxyPhone'), type: 'tel', inputmode: 'tel', autocomplete: 'tel', maxlength: 20, value: answers.proxyPhone, error: errors['proxyPhone'], onInput: (proxyPhone) => set({ proxyPhone }) }),
    ],
  ],
  check: (answers) => ({
    ...(!answers.name.trim() && { name: t('ask.name.missing') }),
    ...(!PHONE.test(phoneOf(answers.phone)) && { phone: t('ask.phone.wrong') }),
    ...(answers.who === 'other' && !answers.proxyName.trim() && { proxyName: t('ask.proxyName.missing') }),
    ...(answers.who === 'other' && !PHONE.test(phoneOf(answers.proxyPhone)) && { proxyPhone: t('ask.proxyPhone.wrong') }),
  }),
};
