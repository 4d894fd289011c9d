import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChance, type Chance } from '../../src/base/index.ts';
import type { JourneyView } from '../../src/journey/index.ts';
import { eventually, startCity, submit, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

const JOURNEYS = 140;
const AT_ONCE = 12;
/** So long people do whatever comes to mind; afterwards whoever owns the step takes it. */
const WILD_STEPS = 14;
const STEPS_MAX = 70;

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

const signedIn = new Map<string, Promise<Visitor>>();
function as(post: string): Promise<Visitor> {
  if (!signedIn.has(post)) signedIn.set(post, city.as(post));
  return signedIn.get(post)!;
}

const ASKS = [
  { need: 'emergency', findings: ['chestPain'], patientKind: 'highRiskArea', ageYears: 61 },
  { need: 'emergency', findings: ['unresponsive'], ageYears: 70 },
  { need: 'fever', findings: ['fever'], patientKind: 'greenCode', ageYears: 2 },
  { need: 'fever', findings: ['fever'], patientKind: 'highRiskArea', ageYears: 34 },
  { need: 'haemodialysis', patientKind: 'greenCode', ageYears: 58 },
  { need: 'chemotherapy', ageYears: 44, mobility: 'wheelchair' },
  { need: 'generalOutpatient', patientKind: 'greenCode', mobility: 'walks', test: 'valid', ageYears: 40 },
  { need: 'obstetrics', groups: ['pregnant'], ageYears: 29 },
  { need: 'medicineRefill', groups: ['chronic'], medicine: 'amlodipine 5 mg', medicineDaysLeft: 3, ageYears: 66 },
  { need: 'onlineConsultation', ageYears: 33 },
] as const;

/** Words and choices a person adds; whatever else a command needs is in the action that is offered. */
function wordsFor(type: string, chance: Chance): object {
  switch (type) {
    case 'answerVisit': return { advice: 'Go on as before.', followUpOf: 'as known', items: chance.below(2) ? [] : [{ medicine: 'amlodipine', dose: '5 mg once a day', days: 28, controlled: 'no' }] };
    case 'sendOn': return { reason: 'needs hands', need: 'generalOutpatient', findings: [] };
    case 'amendPrescription': return { reason: 'as meant' };
    case 'queryPrescription': return { question: 'is this meant?' };
    case 'handToCourier': return { courier: 'volunteer of the building' };
    case 'sendMessage': return { text: chance.below(2) ? '谢谢' : '没有胸痛' };
    case 'deliver': return { to: 'the resident at the door' };
    case 'withdrawRequest': case 'handOnRide': case 'standDownUnit': case 'downTriage': return { reason: 'it is better' };
    case 'reportWorse': return { findings: [chance.below(2) ? 'chestPain' : 'fever'] };
    case 'admit': return { expectedDischargeAt: Date.UTC(2022, 10, 28) };
    case 'finishTreatment': return { outcome: chance.below(8) ? 'discharged' : 'died' };
    case 'namePlace': return { institution: 'ZZ-H-001' };
    default: return {};
  }
}

async function play(id: string, town: string, chance: Chance): Promise<Answer[]> {
  const failed: Answer[] = [];
  const hotline = await as('hotline@city');
  for (let step = 0; step < STEPS_MAX; step++) {
    const { journey } = (await hotline.get(`/api/journeys/${id}`)).body as { journey: JourneyView };
    if (journey.closed) break;
    const owner = journey.step!.owner;
    if (journey.step!.kind === 'slot') await new Promise((resolve) => setTimeout(resolve, 20));
    const wild = step < WILD_STEPS && chance.below(4) === 0;
    const others = ['hotline@city', 'dispatcher@city', `committee@town:${town}`];
    const posts = wild || owner.role === 'resident' ? others : [`${owner.role}@${owner.scope}`];
    const person = await as(posts[chance.below(posts.length)]!);
    const { actions = [] } = ((await person.get(`/api/journeys/${id}`)).body.journey ?? {}) as Partial<JourneyView>;
    const useful = wild ? actions : actions.filter(({ type }) => !['reportWorse', 'withdrawRequest', 'reportRefusal', 'standDownUnit', 'downTriage'].includes(type));
    const action = useful[wild ? chance.below(useful.length || 1) : 0];
    if (!action) continue;
    const { type, ...body } = action;
    const answer = await person.post(`/api/journeys/${id}/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, { ...body, ...wordsFor(type, chance) });
    // A crew whose unit was turned round to somebody else no longer sees the journey it left.
    const turnedRound = answer.status === 404 && owner.role === 'crew';
    if (answer.status >= 400 && answer.status !== 409 && !turnedRound) failed.push(answer);
  }
  return failed;
}

const rows = async (text: string): Promise<Record<string, unknown>[]> => (await city.database.pool.query(text)).rows;

describe('many journeys, played by people who do whatever comes to mind', () => {
  it('leave nothing behind: no unit, no car and no seat is kept for somebody who does not need it', async () => {
    const chance = seededChance(20221125);
    const towns = [...city.server.city.towns.keys()];
    const waiting = Array.from({ length: JOURNEYS }, (_, index) => ({ ask: ASKS[index % ASKS.length]!, town: towns[chance.below(towns.length)]!, chance: seededChance(index + 1) }));
    const failed: Answer[] = [];
    const ids: string[] = [];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const person = { name: `Resident ${ids.length}`, phone: '13700005678' };
        const { id } = await submit(city, { person, town: next.town, address: 'Building 3', ...next.ask });
        ids.push(id);
        failed.push(...(await play(id, next.town, next.chance)));
      }
    }));
    await eventually(async () => ((await rows('select 1 from errand where done_at is null')).length === 0 || undefined), 20);

    expect(failed).toEqual([]);
    const [{ closed }] = await rows(`select count(*)::int as closed from journey where state = 'closed'`) as [{ closed: number }];
    expect(closed).toBeGreaterThan(JOURNEYS / 2);

    expect(await rows(`select unit, id, story -> 'mission' as mission from unit_state join journey on journey.id = unit_state.journey
      where state = 'closed' and (story #> '{mission,times,handedOver}' is null or story #> '{mission,times,inService}' is not null)`), 'units').toEqual([]);
    expect(await rows(`select unit from unit_state join journey on journey.id = unit_state.journey
      where story #>> '{mission,id}' is distinct from mission or story #>> '{mission,unit}' is distinct from unit`), 'missions').toEqual([]);
    expect(await rows(`select b.ride, id, story -> 'out' as out, story -> 'back' as back, j.state from ride b join journey j on j.id = b.journey
      where b.state <> 'over' and (j.state = 'closed' or b.ride not in (coalesce(story #>> '{out,ride}', ''), coalesce(story #>> '{back,ride}', '')))`), 'cars').toEqual([]);
    expect(await rows(`select b.id, j.id as journey, story -> 'closed' as closed from booking b join journey j on j.id = b.journey
      where b.cancelled_at is null and b.state <> 'noShow' and (story #>> '{closed,outcome}' = 'withdrawn' or (j.state = 'open' and story #>> '{booking,id}' <> b.id and story #> '{arrival,receivedAt}' is null))`), 'seats').toEqual([]);
    expect(await rows(`select slot.id, taken, count(b.id)::int as booked from slot left join booking b on b.slot = slot.id and b.cancelled_at is null
      group by slot.id, taken having taken <> count(b.id)`), 'counted seats').toEqual([]);
    expect(await rows(`select p.id from pass p join journey j on j.id = p.journey where p.revoked_at is null and story #>> '{closed,outcome}' = 'withdrawn'`), 'passes').toEqual([]);
    expect((await (await as('city@city')).get('/api/promises')).body.broken).toEqual([]);
  }, 90_000);

  it('leave no refusal without a case, and no case without an owner and a deadline, or somebody who has the person by name', async () => {
    const refused = await rows(`select e.journey, e.type, e.data from event e where e.type in ('RefusedAtDoor', 'RefusedAtGate')`);
    const cases = await rows('select journey, about, refusal, due_at, over_at, closed_at from refusal_case');
    expect(refused.length).toBeGreaterThan(0);
    for (const { journey, type, data } of refused as { journey: string; type: string; data: { institution: string } }[]) {
      const own = cases.filter((each) => each['journey'] === journey && (type === 'RefusedAtGate' ? String(each['about']).startsWith('town:') : each['about'] === `institution:${data.institution}`));
      expect(own.length, `${type} of ${journey}`).toBeGreaterThan(0);
    }
    for (const { refusal, due_at: due, closed_at: closed } of cases as { refusal: { owner: { scope: string } }; due_at: string | null; closed_at: string | null }[]) {
      expect(refusal.owner.scope).toMatch(/^(city|district:.+)$/);
      expect(due === null).toBe(closed !== null);
    }
    expect(await rows(`select j.id from refusal_case r join journey j on j.id = r.journey where r.over_at is null and (j.state = 'closed' or j.owner_scope is null or j.due_at is null)`), 'nobody owns the person').toEqual([]);
  });
});
