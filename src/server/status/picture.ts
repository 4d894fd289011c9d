import { clockTime, formatInstant, type Instant, type Language, type Text } from '../../base/index.ts';
import { SERVICES, type City, type Service } from '../../city/index.ts';
import { Html, html, publicPage, type Say } from '../public-page.ts';
import type { Standing } from './board.ts';
import type { Published } from './store.ts';

/** What the picture is made of, at one moment. */
export interface Picture {
  readonly asOf: Instant;
  readonly standings: readonly Standing[];
  readonly published: readonly Published[];
}

export interface Looked {
  readonly district?: string;
  readonly service?: Service;
}

/** Closures are shown until they fill the page; the rest is found by district. */
const SHOWN_MAX = 60;
const PUBLISHED_SHOWN = 20;

const phone = (number: string): Html => html`<a href="tel:${number}">${number}</a>`;
const SELECTED = new Html(' selected');

/** For programs: every house, what it is open for, and what it is not; nobody's name. */
export function feedOf(city: City, { asOf, standings }: Picture): object {
  const byHouse = Map.groupBy(standings, ({ institution }) => institution);
  return {
    asOf, city: city.id, emergency: city.phones.emergency.number, medicalLine: city.phones.medicalLine.number,
    institutions: [...city.institutions.values()].map(({ code, name, district, medicalLine }) => {
      const of = byHouse.get(code) ?? [];
      const notOpen = of.filter(({ state }) => state === 'limited' || state === 'closed');
      return {
        code, name, district, ...(medicalLine && { phone: medicalLine.number }),
        open: of.filter(({ state }) => state === 'open').map(({ service }) => service),
        unknown: of.filter(({ state }) => state === 'unknown').map(({ service }) => service),
        notOpen: notOpen.map(({ service, state, since, until, reason, standIn, saidAt }) => ({ service, state, since, until, reason, standIn, saidAt })),
      };
    }),
  };
}

/** The same for people, without script: what is not open first, then whatever district and service they look for. */
export function statusPage(city: City, { asOf, standings, published }: Picture, { district, service }: Looked, language: Language, say: Say): string {
  const inWords = ({ zh, en }: Text): string => (language === 'en' ? en : zh);
  const nameOf = (code: string | null | undefined): string => (code ? inWords(city.institutions.get(code)?.name ?? { zh: code, en: code }) : '');
  const hour = (at: Instant): string => `${formatInstant(at).slice(5, 10)} ${clockTime(at)}`;
  const [stop, colon, comma] = language === 'en' ? ['. ', ': ', ', '] : ['。', '：', '，'];
  const shown = standings.filter((one) => (district === undefined || city.institutions.get(one.institution)!.district === district) && (service === undefined || one.service === service));
  const looked = district !== undefined || service !== undefined;
  const notOpen = shown.filter(({ state }) => state === 'limited' || state === 'closed');
  const details = ({ reason, until, standIn }: Pick<Standing, 'reason' | 'until' | 'standIn'>): Html => html`${reason ? html`${say(`closure.${reason}`)}${stop}` : undefined}${until !== undefined ? html`${say('status.until', { time: hour(until) })} ` : undefined}${standIn ? html`${say('status.standIn', { name: nameOf(standIn) })} ` : undefined}`;
  const line = (one: Standing): Html => html`<li><b>${say(`service.${one.service}`)}</b>${colon}${say(`service-state.${one.state}`)}${stop}${details(one)}${one.state === 'unknown' ? html`${say('status.callFirst', { time: hour(one.saidAt) })}` : undefined}</li>`;

  const choice = (name: string, chosen: string | undefined, of: readonly { readonly value: string; readonly label: string }[]): Html =>
    html`<label>${say(`status.${name}`)} <select name="${name}"><option value="">${say('status.all')}</option>${of.map(({ value, label }) => html`<option value="${value}"${value === chosen ? SELECTED : undefined}>${label}</option>`)}</select></label> `;
  const houses = looked ? [...Map.groupBy(shown, ({ institution }) => institution)] : [];
  const house = ([code, of]: readonly [string, readonly Standing[]]): Html => {
    const { name, medicalLine } = city.institutions.get(code)!;
    const open = of.filter(({ state }) => state === 'open');
    return html`<section><h2>${inWords(name)}</h2>${medicalLine ? html`<p>${phone(medicalLine.number)}</p>` : undefined}
${open.length > 0 ? html`<p>${say('service-state.open')}${colon}${open.map((one) => say(`service.${one.service}`)).join(language === 'en' ? ', ' : '、')}${stop}<small>${say('status.said', { time: hour(Math.min(...open.map(({ saidAt }) => saidAt))) })}</small></p>` : undefined}
<ul>${of.filter(({ state }) => state !== 'open').map(line)}</ul></section>`;
  };

  return publicPage(language, '/status', say('status.title'), html`<p><small>${say('status.asOf', { city: inWords(city.name), at: `${formatInstant(asOf).slice(0, 10)} ${clockTime(asOf)}` })}</small></p>
<p><strong>${say('status.call', { emergency: city.phones.emergency.number, line: city.phones.medicalLine.number })}</strong></p>
<p>${phone(city.phones.emergency.number)} · ${phone(city.phones.medicalLine.number)}</p>
<form action="/status"><input type="hidden" name="lang" value="${language}">${choice('district', district, [...city.districts.values()].map(({ code, name }) => ({ value: code, label: inWords(name) })))}${choice('service', service, SERVICES.map((one) => ({ value: one, label: say(`service.${one}`) })))}<button>${say('status.look')}</button></form>
${looked ? houses.map(house) : html`<h2>${say('status.notOpen')}</h2>${notOpen.length === 0 ? html`<p>${say('status.allOpen')}</p>` : html`<ul>${notOpen.slice(0, SHOWN_MAX).map((one) => html`<li><b>${nameOf(one.institution)}</b>${comma}${say(`service.${one.service}`)}${colon}${say(`service-state.${one.state}`)}${stop}${details(one)}</li>`)}</ul>`}${notOpen.length > SHOWN_MAX ? html`<p>${say('status.more', { count: notOpen.length - SHOWN_MAX })}</p>` : undefined}`}
${looked && houses.length === 0 ? html`<p>${say('status.nobody')}</p>` : undefined}
${looked || published.length === 0 ? undefined : html`<h2>${say('status.published')}</h2><ul>${published.slice(0, PUBLISHED_SHOWN).map(({ institution, service: of, state, since, until, reason, standIn, at }) => html`<li>${hour(at)} <b>${nameOf(institution)}</b>${comma}${say(`service.${of}`)}${colon}${say(`service-state.${state}`)}${stop}${since > at ? html`${say('status.from', { time: hour(since) })} ` : undefined}${details({ ...(reason && { reason: reason as NonNullable<Standing['reason']> }), ...(until !== null && { until }), ...(standIn && { standIn }) })}</li>`)}</ul>`}
<p><small><a href="/refusals?lang=${language}">${say('refusals.title')}</a> · <a href="/?lang=${language}">${say('status.ask')}</a> · <a href="/api/status/feed">${say('status.feed')}</a></small></p>`);
}
