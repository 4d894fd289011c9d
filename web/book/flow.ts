import { inDanger } from '../ask/answers.ts';
import { danger, who } from '../ask/questions/matter.ts';
import { about } from '../ask/questions/person.ts';
import { contact, moving, situation, where } from '../ask/questions/place.ts';
import type { Question } from '../ask/questions/question.ts';
import { choices } from '../shared/plain/fields.ts';
import { callLink } from '../shared/plain/frame.ts';
import { h } from '../shared/plain/dom.ts';
import { phonesOf } from '../shared/city.ts';
import { t, type Code } from '../shared/words.ts';
import { NEED_OF, OFFERED, type Choice } from './choice.ts';
import type { Booking, Step } from './state.ts';

/** A question that `ask` has already, asked in the same words. */
const asAsked = (question: Question): Step => ({
  id: question.id,
  title: ({ answers }) => question.title(answers),
  applies: ({ answers }) => question.applies(answers),
  draw: ({ answers, set, errors, city, redraw }) => question.draw({ answers, set, errors, city, redraw }),
  check: ({ answers }, city) => question.check(answers, city),
  goesOn: true,
});

const service: Step = {
  id: 'service',
  title: () => t('book.service'),
  applies: () => true,
  draw: ({ choice, choose, set, errors }) => [
    choices({
      name: 'service', kind: 'radio', plain: true, label: t('book.service'), hint: t('book.service.hint'), chosen: [choice.service], error: errors['service'],
      options: [
        ...OFFERED.map((code) => ({ value: code, label: t(`book.service.${code}` as Code) })),
        { value: 'emergency', label: t('book.service.emergency'), alone: true },
      ],
      onChange: ([value]) => {
        const chosen = value as Exclude<Choice['service'], ''>;
        choose({ service: chosen, seat: undefined, waiting: false });
        if (chosen !== 'emergency') set({ matter: NEED_OF[chosen] });
      },
    }),
    h('p', {}, t('book.service.others'), ' ', h('a', { href: '/' }, t('book.service.ask'))),
  ],
  check: ({ choice }) => (choice.service ? {} : { service: t('book.service.missing') }),
  goesOn: true,
};

const isEmergency = ({ choice, answers }: Booking): boolean => choice.service === 'emergency' || inDanger(answers);

/** The end of the way for whoever must not wait: no seat is offered beside it. */
const emergency: Step = {
  id: 'emergency',
  title: () => t('book.emergency'),
  applies: isEmergency,
  draw: ({ city }) => [
    callLink(phonesOf(city).emergency, t('ask.call.now', { number: phonesOf(city).emergency })),
    h('p', {}, t('ask.call.say')),
    h('p', {}, t('book.emergency.why')),
    h('p', {}, h('a', { href: '/' }, t('book.emergency.ask'))),
  ],
  check: () => ({}),
  goesOn: false,
};

/** The hour itself is drawn by the page around it, which knows what is free. */
const when: Step = { id: 'when', title: () => t('book.when'), applies: (booking) => !isEmergency(booking), draw: () => [], check: () => ({}), goesOn: false };

const notEmergency = (step: Step): Step => ({ ...step, applies: (booking) => !isEmergency(booking) && step.applies(booking) });

/** What and how urgent first, then where and when; the seat is held from the telephone number on, while the rest is typed. */
export const STEPS: readonly Step[] = [
  service, { ...asAsked(danger), applies: ({ choice }) => choice.service !== 'emergency' }, emergency,
  ...[where].map(asAsked).map(notEmergency), when,
  ...[who, contact, about, situation, moving].map(asAsked).map(notEmergency),
];
export const CHECK = 'check';

export function findStep(id: string): Step | undefined {
  return STEPS.find((step) => step.id === id);
}

export function stepAfter(id: string, booking: Booking): string {
  const here = STEPS.findIndex((step) => step.id === id);
  return STEPS.slice(here + 1).find((step) => step.applies(booking))?.id ?? CHECK;
}

/** The first page whose answers do not hold. */
export function firstWrong(booking: Booking, city: Parameters<Step['check']>[1]): string | undefined {
  if (!isEmergency(booking) && !booking.choice.seat && !booking.choice.waiting) return booking.choice.service ? 'when' : 'service';
  return STEPS.find((step) => step.applies(booking) && Object.keys(step.check(booking, city)).length > 0)?.id;
}
