import { sql, type Kysely } from 'kysely';
import { decideSeries, gapOf, type Enrolment, type Series, type SeriesCommand } from '../../appointments/index.ts';
import type { Instant, Refusal } from '../../base/index.ts';
import { begin } from '../../journey/index.ts';
import { conflict, invalid, notAllowed, notFound, SYSTEM, type Actor } from '../../people/index.ts';
import { receive, type Intake } from '../../requests/index.ts';
import { intakeOf, type IntakeBody } from '../../requests/routes.ts';
import type { z } from 'zod';
import { writeAudit } from '../audit.ts';
import { passLinkOn } from '../appointments/call-up.ts';
import { trueChance } from '../chance.ts';
import { worldOf, type House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { notice, WARD_HAS_MS } from '../journeys/owed.ts';
import { personKey } from '../person-key.ts';
import { storeTold } from '../journeys/play.ts';
import { askReplacement } from '../replacement/ask.ts';
import { placeExtra, topUpSeries } from './sessions.ts';
import { addSeries, raiseGap, readSeries, tellSeries, type StoredSeries } from './store.ts';
import { residentLink } from '../sign-in/index.ts';

type Db = Kysely<any>;
type Care = z.output<typeof IntakeBody>;

/** Which need brings somebody to a series of this service: another would be decided for another place. */
const NEEDS_OF: Readonly<Record<Series['service'], readonly Intake['need'][]>> = {
  haemodialysis: ['haemodialysis'], radiotherapy: ['radiotherapy'], chemotherapy: ['chemotherapy'], obstetrics: ['obstetrics'], specialist: ['specialist', 'expert'],
};

export interface EnrolBody extends Omit<Enrolment, 'id' | 'person' | 'sessionsLeft'> {
  readonly care: Care;
  readonly sessions?: number | undefined;
}

/**
 * One person's series, with the seats of its next fourteen days, in the caller's transaction. Only the unit that treats them enrols them.
 * @param token of the link by which the person opens each of its requests
 * @throws Refused with every field that has to be corrected
 */
export async function enrol(trx: Db, house: House, actor: Actor, { care, sessions, ...wanted }: EnrolBody, token: string): Promise<{ at: Instant; id: string; placed: number; notPlaced: number; beyondGap: boolean; extraAt?: Instant }> {
  const { city, clock, incident, board } = house;
  if (actor.scope !== `institution:${wanted.institution}`) throw notAllowed();
  const at = clock.now();
  const intake = intakeOf(care, 'panel');
  const received = receive({ ...intake, ownInstitution: wanted.institution }, city, 'check', at);
  const problems: Refusal[] = [
    ...(city.institutions.get(wanted.institution)?.services.has(wanted.service) ? [] : [{ code: 'serviceNotRun', field: 'service', facts: { institution: wanted.institution, service: wanted.service } }]),
    ...(NEEDS_OF[wanted.service].includes(care.need) ? [] : [{ code: 'needOfOtherService', field: 'care.need', facts: { service: wanted.service } }]),
    ...(received.ok ? [] : [{ ...received.refusal, field: `care.${received.refusal.field ?? ''}` }]),
  ];
  const key = personKey(incident.id, care.person);
  const series: Enrolment = { ...wanted, id: `S${trueChance.code(9)}`, person: key, ...(sessions !== undefined && { sessionsLeft: sessions }) };
  const decided = decideSeries(undefined, { type: 'enrol', series }, { at, actor });
  if (!decided.ok) problems.push(decided.refusal);
  const [first, ...others] = problems;
  if (first) throw invalid([first, ...others]);
  if (!decided.ok || decided.value.type !== 'SeriesEnrolled') throw new Error('an enrolment was answered with something else');

  const { name, phone } = care.person;
  const { tokenHash, phoneProof } = residentLink([phone, ...(care.proxy ? [care.proxy.phone] : [])], token);
  const stored: StoredSeries = {
    series: decided.value.series, incident: incident.id, town: care.town, district: city.towns.get(care.town)?.district ?? '', personKey: key, gap: 'safe',
    person: { name, phone, groups: care.groups }, care,
  };
  if (!(await addSeries(trx, city.id, { ...stored, tokenHash, phoneProof, madeBy: actor.id }, at))) throw conflict({ code: 'alreadyEnrolled', field: 'care.person' });
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'enrolSeries', facts: { series: series.id, service: series.service } });
  const laid = await layOut(trx, house, stored, board.now(), at);
  if (!(await isBeyondGap(trx, city.id, stored.series, at))) return { at, id: series.id, ...laid, beyondGap: false };
  const extraAt = await placeExtra(trx, city.id, stored, board.now(), at);
  return { at, id: series.id, ...laid, beyondGap: extraAt === undefined, ...(extraAt !== undefined && { extraAt }) };
}

/** No seat of theirs lies within the safe gap. */
async function isBeyondGap(trx: Db, city: string, series: Series, at: Instant): Promise<boolean> {
  const { rows } = await sql`select from booking b join slot l on l.city = b.city and l.id = b.slot where b.city = ${city} and b.series = ${series.id} and b.state = 'booked' and l.starts_at <= ${gapOf(series, at).alarmAt} limit 1`.execute(trx);
  return rows.length === 0;
}

/** Seats for what is coming; where the unit has none, the whole city is asked in one run. */
export async function layOut(trx: Db, { city }: House, stored: StoredSeries, status: Parameters<typeof topUpSeries>[3], at: Instant): Promise<{ placed: number; notPlaced: number }> {
  const done = await topUpSeries(trx, city.id, stored, status, at);
  const { institution, service } = stored.series;
  if (done.notPlaced > 0) await askReplacement(trx, city.id, { incident: stored.incident, institution, service, by: SYSTEM.id, reason: 'noSeatWithinGap', at });
  await notify(trx, { city: city.id, kind: 'series' });
  return done;
}

/** What a named clinician or the unit's ward does to a series; audited by name. Only `thin`, `pause` and `end` take a session away. */
export async function actOnSeries(trx: Db, house: House, actor: Actor, id: string, command: Exclude<SeriesCommand, { type: 'enrol' }>): Promise<Series> {
  const { city, clock, incident, board } = house;
  const stored = await readSeries(trx, city.id, id, true);
  if (!stored || stored.incident !== incident.id || !answersFor(actor, stored)) throw notFound();
  const at = clock.now();
  const decided = decideSeries(stored.series, command, { at, actor });
  if (!decided.ok) throw conflict(decided.refusal);
  const series = await tellSeries(trx, city.id, stored.series, [decided.value], at);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: `series.${command.type}`, facts: { series: id, by: actor.name, ...reasonOf(command) } });
  if (command.type === 'changeCohort') await seatApart(trx, house, { ...stored, series }, at);
  if (CHANGES_TIMES.has(command.type)) await notice(trx, city.id, incident.id, { audience: `series:${id}`, code: 'seriesChanged', facts: { phone: city.phones.medicalLine.number } }, at);
  if (command.type === 'reportSymptom') await beginRed(trx, house, { ...stored, series }, command.findings, at);
  await layOut(trx, house, { ...stored, series }, board.now(), at);
  return series;
}

/** Whoever has a place in mind that is not theirs any more hears it. */
const CHANGES_TIMES: ReadonlySet<SeriesCommand['type']> = new Set(['thin', 'changeTime', 'pause', 'resume', 'end']);

/** Chairs among others are not theirs any more: the whole city is asked for such as are, and requests that have begun go in no car with others. */
async function seatApart(trx: Db, { city }: House, { series: { id, cohort, institution, service }, incident }: StoredSeries, at: Instant): Promise<void> {
  await sql`insert into errand (city, journey, command, created_at)
    select ${city.id}, j.id, ${JSON.stringify({ type: 'tellCohort', cohort })}::jsonb, ${at} from journey j
    where j.city = ${city.id} and j.state = 'open' and (j.id = (select red_journey from series where city = ${city.id} and id = ${id})
      or j.id in (select journey from series_session where city = ${city.id} and series = ${id} and state = 'begun'))`.execute(trx);
  await askReplacement(trx, city.id, { incident, institution, service, by: SYSTEM.id, reason: 'cohortChanged', at });
}

const reasonOf = (command: SeriesCommand): object => ('reason' in command ? { reason: command.reason } : {});

function answersFor({ role, scope }: Actor, { series, district, town }: StoredSeries): boolean {
  if (role === 'ward') return scope === `institution:${series.institution}`;
  return scope === 'city' || scope === `district:${district}` || scope === `town:${town}`;
}

/** Red: it does not wait for the next session. Whoever is on their way already is said to be worse; for all others a request begins now. */
export async function beginRed(trx: Db, house: House, { series, incident, district, care }: StoredSeries, symptoms: readonly string[], at: Instant): Promise<string | undefined> {
  const { city, policies } = house;
  const findings = [...new Set([...(series.service === 'haemodialysis' ? ['missedDialysis'] : []), ...symptoms])];
  const { rows: [open] } = await sql<{ id: string }>`select j.id from series_session n join journey j on j.city = n.city and j.id = n.journey and j.state = 'open'
    where n.city = ${city.id} and n.series = ${series.id} and n.state = 'begun' order by n.starts_at limit 1`.execute(trx);
  let journey = open?.id;
  if (journey !== undefined && findings.length > 0) {
    await sql`insert into errand (city, journey, command, created_at) values (${city.id}, ${journey}, ${JSON.stringify({ type: 'reportWorse', findings })}::jsonb, ${at})`.execute(trx);
  } else if (journey === undefined) {
    const intake = intakeOf(care as Care, 'panel');
    const policyTurn = policies.turn(at);
    const told = begin({
      ...intake, findings: [...new Set([...intake.findings, ...findings])], ownInstitution: series.institution, seatedWith: series.cohort, ...(series.lastStartAt !== undefined && { lastSessionAt: series.lastStartAt }),
    }, incident, worldOf(house, SYSTEM, at));
    if (told.ok) {
      const { story, events, errands, claims } = told.value;
      const { rows: [link] } = await sql<{ tokenHash: string | null; phoneProof: string | null }>`select token_hash as "tokenHash", phone_proof as "phoneProof" from series where city = ${city.id} and id = ${series.id}`.execute(trx);
      await passLinkOn(trx, city.id, link?.tokenHash ?? null);
      const opens = link?.tokenHash && link.phoneProof ? { link: { token: '', tokenHash: link.tokenHash, phoneProof: link.phoneProof } } : {};
      await storeTold(trx, city, [{ entry: { story, events, errands, actor: SYSTEM, at, policyTurn, ...opens }, claims }]);
      journey = story.id;
    }
  }
  const ward = `institution:${series.institution}`;
  await raiseGap(trx, city.id, series.id, 'red', { role: 'ward', scope: ward }, at + WARD_HAS_MS / 2, journey);
  for (const audience of [ward, `district:${district}`]) {
    await notice(trx, city.id, incident, { audience, code: 'seriesRed', facts: { about: series.id, ...(journey !== undefined && { journey }) } }, at);
  }
  return journey;
}
