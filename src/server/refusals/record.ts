import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { clockTime, formatInstant, type Language, type Text } from '../../base/index.ts';
import { refusalRecords, type PublishedRecord, type RefusalRecord } from '../../reception/index.ts';
import type { House } from '../house.ts';
import { html, pageLanguage, publicPage, sayIn, sendPublic, type Html, type Say } from '../public-page.ts';
import { scopeName } from '../sign-in/scope-name.ts';
import { earlierRecords } from './history.ts';
import { monthOf } from './month.ts';
import { casesOf, statementsOf } from './read.ts';

/** Counted once in so long, however many people read it: the record never takes a connection from somebody in need. */
const KEPT_SECONDS = 30;

/** What institutions have on record, for everybody, without signing in. */
export function registerPublicRecord(app: FastifyInstance, house: House): void {
  const { city, clock } = house;
  let kept: { readonly until: number; readonly record: Promise<PublishedRecord> } | undefined;
  const record = (): Promise<PublishedRecord> => {
    if (!kept || kept.until <= clock.now()) {
      const reading = readRecord(house);
      kept = { until: clock.now() + KEPT_SECONDS * 1_000, record: reading };
      reading.catch(() => { kept = undefined; });
    }
    return kept.record;
  };

  app.get('/api/refusals/record', { schema: { tags: ['refusals'], summary: 'Refusals of each institution on record, in figures in which nobody can be found; public' } }, async (request, reply) =>
    sendPublic(request, reply, 'application/json', JSON.stringify(await record()), KEPT_SECONDS));

  app.get('/refusals', { schema: { hide: true, querystring: z.object({ lang: z.string().optional() }) } }, async (request, reply) => {
    const language = pageLanguage(request);
    const say = sayIn(language);
    return sendPublic(request, reply, 'text/html', publicPage(language, '/refusals', say('refusals.title'), body(await record(), city.name, language, say)), KEPT_SECONDS);
  });
}

async function readRecord({ db, city, incident, clock, demo }: House): Promise<PublishedRecord> {
  const [cases, statements, earlier] = await Promise.all([casesOf(db, city.id, incident.id), statementsOf(db, city, incident.id), earlierRecords(db, city.id, demo)]);
  const named = (institution: string): Text => scopeName(`institution:${institution}`, city);
  const textOf = new Map(statements.map(({ institution, text }) => [institution, text]));
  return {
    at: clock.now(), since: incident.startedAt, gates: cases.filter(({ source }) => source === 'gate').length,
    institutions: refusalRecords(cases, monthOf).map((record) => {
      const statement = textOf.get(record.institution);
      return { ...record, name: named(record.institution), ...(statement !== undefined && { statement }) };
    }),
    earlier: earlier.map(({ record, ...period }) => ({ ...record, ...period, name: named(record.institution) })),
  };
}

function body({ at, since, institutions, gates, earlier }: PublishedRecord, city: Text, language: Language, say: Say): Html {
  const day = (instant: number): string => formatInstant(instant).slice(0, 10);
  return html`<p><small>${say('refusals.asOf', { city: inWords(city, language), at: `${day(at)} ${clockTime(at)}`, since: day(since) })}</small></p>
<p>${say('refusals.what')}</p>
<p><strong>${say('refusals.call')}</strong></p>
${institutions.length === 0 ? html`<p>${say('refusals.none')}</p>` : institutions.map((each) => institution(each, language, say))}
${gates > 0 ? html`<section><p>${say('refusals.gates', { gates })}</p></section>` : undefined}
${earlier.map((each) => html`<section><p><strong>${say('refusals.earlier', { day: day(each.endedAt) })}</strong></p>${institution(each, language, say)}</section>`)}
<section><p><small>${say('refusals.privacy')}</small></p></section>`;
}

function institution(record: RefusalRecord & { readonly name: Text; readonly statement?: string }, language: Language, say: Say): Html {
  const { name, total, neverBlock, otherGround, silent, upheld, notUpheld, open, byMonth, byGround, otherGrounds, medianMinutes, statement } = record;
  const row = (label: string, count: number): Html => html`<tr><td>${label}</td><td>${count}</td></tr>`;
  const grounds = [...byGround.map(({ ground, count }) => row(say(`ground.${ground}`), count)), ...(otherGrounds > 0 ? [row(say('refusals.others'), otherGrounds)] : [])];
  return html`<section><h2>${inWords(name, language)}</h2>
<p>${say('refusals.total', { total, neverBlock, otherGround, silent })}</p>
<p>${say('refusals.state', { upheld, notUpheld, open })}</p>
${medianMinutes === undefined ? undefined : html`<p>${say('refusals.median', { minutes: medianMinutes })}</p>`}
<table><thead><tr><th>${say('refusals.month')}</th><th>${say('refusals.count')}</th></tr></thead><tbody>${byMonth.map(({ month, count }) => row(month, count))}</tbody></table>
${byGround.length === 0 ? undefined : html`<table><thead><tr><th>${say('refusals.ground')}</th><th>${say('refusals.count')}</th></tr></thead><tbody>${grounds}</tbody></table>`}
${statement === undefined ? undefined : html`<p>${say('refusals.statement')}</p><blockquote>${statement}</blockquote>`}
</section>`;
}

const inWords = ({ zh, en }: Text, language: Language): string => (language === 'en' ? en : zh);
