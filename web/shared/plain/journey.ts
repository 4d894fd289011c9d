import type { JourneyView, LinkView } from '../../../src/journey/index.ts';
import { cityNow } from '../clock.ts';
import { optionName } from '../options.ts';
import { clockOrDay } from '../time.ts';
import { hasWords, listed, say, t, word, type Code } from '../words.ts';
import { acuityMark } from './acuity.ts';
import { countdown } from './countdown.ts';
import { h, type Child } from './dom.ts';
import type { Phones } from './frame.ts';

/** The four questions of somebody who waits: what happens now, who has it, until when, whom do I call. */
export function nowCard(journey: JourneyView): HTMLElement {
  const { step, closed } = journey;
  if (closed) return h('section', { class: 'now' }, h('h2', {}, word('outcome', closed.outcome)), h('p', {}, t('care.closed', { time: clockOrDay(closed.at, cityNow()) })));
  if (!step) return h('section', { class: 'now' }, h('h2', {}, t('care.deciding')));
  return h('section', { class: 'now', 'aria-label': t('care.now') },
    h('p', { class: 'label' }, t('care.now')),
    h('h2', {}, happens(journey, step)),
    journey.changed && h('p', {}, t('care.changed', { time: clockOrDay(journey.changed.at, cityNow()), why: word('because', journey.changed.because) })),
    h('dl', { class: 'facts' },
      fact(t('care.who'), listed(word('role', step.owner.role), say(step.owner.name))),
      fact(t('care.deadline'), countdown(step))));
}

/** `now.pickUp` has its own words where an ambulance and a car differ. */
function happens(journey: JourneyView, step: LinkView): string {
  const place = say(journey.institution?.name);
  const special = `now.${step.kind}.${journey.transport}`;
  return t(hasWords(special) ? special : (`now.${step.kind}` as Code), { place: place || t('care.somePlace') });
}

const fact = (label: string, value: Child): HTMLElement => h('div', {}, h('dt', {}, label), h('dd', {}, value));

/** One line: what, how urgent, where to. */
export function headLine(journey: JourneyView): HTMLElement {
  return h('div', { class: 'head-line' },
    acuityMark(journey.acuity),
    h('span', {}, word('need', journey.need)),
    journey.institution && h('span', {}, `→ ${say(journey.institution.name)}`));
}

/** Who comes, in what, when; where to, when; which paper to show. Only what is known. */
export function details(journey: JourneyView, phones: Phones): HTMLElement | undefined {
  const { mission, out, back, booking, pass, institution, entry, visit } = journey;
  const now = cityNow();
  const ride = out?.times.arrived === undefined || !back ? out : back;
  const rows: Child[] = [
    institution && fact(t('care.place'), say(institution.name)),
    booking && !booking.cancelled && fact(t('care.slot'), clockOrDay(booking.slot.startsAt, now)),
    mission?.unit && fact(t('care.unit'), unitComes(mission, mission.unit, phones)),
    ride?.car && !ride.cancelled && fact(t('care.car'), t('care.carAt', { car: ride.car, time: clockOrDay(ride.pickUpAt, now) })),
    journey.pathway !== 'remote' && fact(t('care.door'), word('entry', entry.via)),
    pass && !pass.revoked && fact(t('care.pass'), t('care.passValid', { code: pass.code, from: clockOrDay(pass.validFrom, now), to: clockOrDay(pass.validTo, now) })),
    visit?.advice && fact(t('care.advice'), visit.advice),
    visit?.prescription && fact(t('care.medicine'), listed(...visit.prescription.items.map(({ medicine, dose }) => `${medicine} ${dose}`))),
  ];
  return rows.some(Boolean) ? h('section', {}, h('h2', {}, t('care.details')), h('dl', { class: 'facts' }, rows)) : undefined;
}

/** Which one, and when it is there; an estimate is said to be one, and where no road is open, whom to call. */
function unitComes({ times, etaSeconds, estimated, noWayOpen, stoodDown }: NonNullable<JourneyView['mission']>, unit: string, phones: Phones): string {
  if (stoodDown || times.sent === undefined || times.atPatient !== undefined || times.aboard !== undefined || etaSeconds === undefined) return unit;
  if (noWayOpen) return t('care.unitNoWay', { unit, number: phones.emergency });
  return t(estimated ? 'care.unitAbout' : 'care.unitAt', { unit, time: clockOrDay(times.sent + etaSeconds * 1_000, cityNow()) });
}

/** The chain of links, done, now and later. */
export function timeline(journey: JourneyView): HTMLElement {
  const now = cityNow();
  return h('section', {}, h('h2', {}, t('care.steps')),
    h('ol', { class: 'timeline' }, journey.links.filter(({ state }) => state !== 'dropped').map((link) =>
      h('li', { class: `step step-${link.state}`, 'aria-current': link.state === 'open' ? 'step' : undefined },
        h('b', {}, word('link', link.kind)),
        h('span', { class: 'only-heard' }, ` ${word('link-state', link.state)} `),
        h('span', { class: 'quiet' }, listed(word('role', link.owner.role), say(link.owner.name))),
        link.state === 'done' && link.doneAt !== undefined && h('time', {}, clockOrDay(link.doneAt, now)),
        link.state === 'open' && link.dueAt !== undefined && h('time', {}, t('care.until', { time: clockOrDay(link.dueAt, now) })),
        link.missed.length > 0 && h('span', { class: 'told' }, t('care.told', { who: word('role', link.missed.at(-1)!.told.role), where: say(link.missed.at(-1)!.told.name) }))))));
}

/** Door to door: who had the person from when on. */
export function custody(journey: JourneyView): HTMLElement | undefined {
  if (journey.custody.length < 2) return undefined;
  return h('details', {}, h('summary', {}, t('care.custody')),
    h('ol', { class: 'plain-list' }, journey.custody.map(({ holder, since }) => {
      const [kind = '', code = ''] = holder.split(':');
      const name = kind === 'institution' && code === journey.institution?.code ? say(journey.institution.name) : code;
      return h('li', {}, h('time', {}, clockOrDay(since, cityNow())), ' ', word('holder', kind, { name }));
    })));
}

/** Why so and not otherwise, and what would be good to know: one tap away. */
export function reasons(journey: JourneyView): HTMLElement {
  // What only a desk can make sense of (a finding no table knows) is asked by the people there.
  const missing = journey.missing.map((fact) => `missing.${fact.replace('vitals.', '')}`).filter(hasWords);
  return h('details', {}, h('summary', {}, t('care.why')),
    h('ul', { class: 'plain-list' }, journey.reasons.map(({ text }) => h('li', {}, say(text)))),
    journey.ruledOut.length > 0 && [
      h('h3', {}, t('care.whyNot')),
      h('ul', { class: 'plain-list' }, journey.ruledOut.map(({ option, text }) => {
        const name = optionName(option);
        return h('li', {}, name && h('b', {}, name), name && ' ', say(text));
      })),
    ],
    missing.length > 0 && [
      h('h3', {}, t('care.missing')),
      h('ul', { class: 'plain-list' }, missing.map((code) => h('li', {}, t(code)))),
    ]);
}

/** What to have at hand, which depends on where the care happens. */
export function bring(journey: JourneyView): HTMLElement | undefined {
  if (journey.closed) return undefined;
  const codes: Code[] = journey.pathway === 'remote'
    ? ['bring.phone', 'bring.medicines']
    : ['bring.card', 'bring.medicines', 'bring.phone', 'bring.mask'];
  return h('section', {}, h('h2', {}, t('care.bring')),
    h('ul', { class: 'plain-list' }, codes.map((code) => h('li', {}, t(code))),
      journey.pathway !== 'remote' && !journey.entry.testRequired && h('li', {}, h('b', {}, t('bring.noTest')))));
}
