import type { JourneyView } from '../../src/journey/index.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { clockOrDay } from '../shared/time.ts';
import { t, type Code } from '../shared/words.ts';

type Visit = NonNullable<JourneyView['visit']>;
/** One stop of the medicine on its way to the door. */
export interface Stop {
  readonly name: 'prescribed' | 'checked' | 'packed' | 'onTheWay' | 'delivered';
  readonly at?: number;
  readonly state: 'done' | 'open' | 'waiting';
}

/** Prescribed, checked, packed, on its way, at the door: what is done has its time, the first that is not is what happens now. */
export function stopsOf({ answeredAt, prescription, checked, dispensedAt, handedOver, deliveredAt }: Visit): readonly Stop[] {
  if (!prescription) return [];
  const times = [['prescribed', answeredAt], ['checked', checked?.at], ['packed', dispensedAt], ['onTheWay', handedOver?.at], ['delivered', deliveredAt]] as const;
  // What was done later says that all before it was: a way that is half told is not shown as if it had stopped.
  const last = times.findLastIndex(([, at]) => at !== undefined);
  return times.map(([name, at], index) => ({ name, ...(at !== undefined && { at }), state: index <= last ? 'done' : index === last + 1 ? 'open' : 'waiting' }));
}

/** Where the medicine is, and who carries it; a question of the pharmacist is said calmly, because nothing has to be done about it. */
export function medicineWay({ visit }: JourneyView): Child {
  const stops = visit ? stopsOf(visit) : [];
  if (!visit || stops.length === 0) return undefined;
  const { handedOver, query, spoiled, deliveredAt } = visit;
  return h('section', { 'aria-label': t('my.medicine') }, h('h2', {}, t('my.medicine')),
    query && h('p', {}, t('my.medicine.asked')),
    (spoiled ?? 0) > 0 && deliveredAt === undefined && h('p', {}, t('my.medicine.anew')),
    h('ol', { class: 'timeline' }, stops.map(({ name, at, state }) => h('li', { class: `step step-${state}`, 'aria-current': state === 'open' ? 'step' : undefined },
      h('b', {}, t(`my.medicine.${name}` as Code)),
      name === 'onTheWay' && handedOver && h('span', {}, t('my.medicine.with', { courier: handedOver.courier }), ' ', handedOver.phone && h('a', { href: `tel:${handedOver.phone}` }, handedOver.phone)),
      at !== undefined && h('time', {}, clockOrDay(at, cityNow()))))));
}
