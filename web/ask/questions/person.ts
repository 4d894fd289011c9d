import { GROUPS } from '../../../src/triage/index.ts';
import { choices, selectField, textField } from '../../shared/plain/fields.ts';
import { h } from '../../shared/plain/dom.ts';
import { say, t, type Code } from '../../shared/words.ts';
import { ageMonthsOf, inDanger, type Answers } from '../answers.ts';
import { PAGES_MOST, pageOfQuestions } from '../interview.ts';
import { always, nothingWrong, type Question } from './question.ts';

const AGE_MONTHS_MOST = 125 * 12;
/** Said by the age itself; asked are the others. */
const BY_AGE: ReadonlySet<string> = new Set(['elderly', 'child', 'underThree']);

export const about: Question = {
  id: 'about',
  title: ({ who }) => t(who === 'other' ? 'ask.about.other' : 'ask.about'),
  applies: always,
  draw: ({ answers, set, errors, redraw }) => [
    h('div', { class: 'beside' },
      textField({
        name: 'age', label: t('ask.age'), width: 'short', inputmode: 'numeric', maxlength: 4, value: answers.age, error: errors['age'],
        onInput: (age) => set({ age }),
      }),
      selectField({
        name: 'ageUnit', label: t('ask.age.unit'), value: answers.ageUnit,
        options: [{ value: 'years', label: t('ask.age.years') }, { value: 'months', label: t('ask.age.months') }],
        onChange: (unit) => set({ ageUnit: unit === 'months' ? 'months' : 'years' }),
      })),
    choices({
      name: 'sex', kind: 'radio', row: true, label: t('ask.sex'), chosen: [answers.sex],
      options: (['female', 'male', 'other'] as const).map((sex) => ({ value: sex, label: t(`sex.${sex}`) })),
      onChange: ([value]) => {
        const sex = value as Answers['sex'];
        set({ sex, groups: sex === 'male' ? answers.groups.filter((group) => group !== 'pregnant') : answers.groups });
        redraw();
      },
    }),
    choices({
      name: 'groups', kind: 'checkbox', label: t('ask.groups'), hint: t('ask.groups.hint'), chosen: answers.groups,
      options: [
        ...GROUPS.filter((group) => !BY_AGE.has(group) && !(group === 'pregnant' && answers.sex === 'male'))
          .map((group) => ({ value: group, label: t(`ask.groups.${group}` as Code) })),
        { value: 'none', label: t('form.noneOfThese'), alone: true },
      ],
      onChange: (groups) => set({ groups }),
    }),
  ],
  check: (answers) => {
    const months = ageMonthsOf(answers);
    if (answers.age.trim() === '') return { age: t('ask.age.missing') };
    return months === undefined || months > AGE_MONTHS_MOST ? { age: t('ask.age.wrong') } : {};
  },
};

/** Yes, no, don't know. Left open stays unasked, because nobody may be held up by a question; "don't know" is an answer and leaves its mark. */
const interviewPage = (page: number): Question => ({
  id: `interview-${page + 1}`,
  title: ({ who }) => t(who === 'other' ? 'ask.interview.other' : 'ask.interview'),
  applies: (answers) => !inDanger(answers) && pageOfQuestions(answers, page).length > 0,
  draw: ({ answers, set }) => pageOfQuestions(answers, page).map(({ code, ask }) => choices({
    name: code, kind: 'radio', row: true, label: say(ask), chosen: [answers.findings[code] ?? ''],
    options: (['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: t(`form.${value}`) })),
    onChange: ([value]) => set({ findings: { ...answers.findings, [code]: value as 'yes' | 'no' | 'unknown' } }),
  })),
  check: nothingWrong,
});
export const interview: readonly Question[] = Array.from({ length: PAGES_MOST }, (_, page) => interviewPage(page));
