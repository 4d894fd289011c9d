import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS, parseInstant, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Intake } from '../requests/index.ts';
import { actionsFor, begin, brokenPromises, handle, mayDo, openLink, storyLine, unitsFor, type Command, type Story, type World } from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
const COMMITTEE: Actor = { id: 'committee', name: 'Committee', role: 'committee', scope: 'town:990101001' };
let city: City;
let policy: CompiledPolicy;

/** Shanghai's announcement in the east of Toytown: for a fever it names 120 beside the car, for other visits nobody. */
beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loaded] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loaded) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  policy = compilePolicy(rehearseIn(loaded.policies.documents.get('shanghai-2022-03-28')!, 'toytown', ['990101']), loaded.policies.standing);
});

const worldAt = (at: Instant, actor: Actor = SYSTEM, units: World['free']['units'] = []): World => ({
  at, actor, city, chance: seededChance(at), free: { units, cars: [], slots: [] },
  decide: (care, excluded) => decide(policy, care, { city, status: initialStatus(city), excluded }),
});

/** Released and with a pass; waiting for the committee to send a car. */
function waitingForCar(rest: Partial<Intake>): Story {
  const begun = begin({
    channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', need: 'fever', groups: [],
    findings: ['fever'], vitals: {}, patientKind: 'greenCode', mobility: 'walks', ...rest,
  }, 'test', worldAt(START));
  if (!begun.ok) throw new Error(begun.refusal.code);
  const released = handle(begun.value.story, { type: 'release' }, worldAt(START + MINUTE_MS, COMMITTEE));
  if (!released.ok) throw new Error(released.refusal.code);
  expect(openLink(released.value.story)!.kind).toBe('assignCar');
  return released.value.story;
}

const NO_CAR: Command = { type: 'reportNoCar' };
const LATER = START + 5 * MINUTE_MS;

describe('nobody has a car to send', () => {
  it('given the announcement names 120 beside the car, then 120 is asked at once, and the orders for the car, out and back, are gone', () => {
    const answer = handle(waitingForCar({}), NO_CAR, worldAt(LATER, COMMITTEE));
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { story, events } = answer.value;
    expect(events.map(({ type }) => type)).toEqual(['CarUnavailable', 'RequestDecided', 'RideCancelled', 'RideCancelled', 'LinksPlanned', 'UnitAsked', 'LinkOpened']);
    expect(story.decision).toMatchObject({ pathway: 'visit', venueKind: 'feverClinic', transport: 'ambulance' });
    expect(openLink(story)).toMatchObject({ kind: 'sendUnit', owner: { role: 'dispatcher' } });
    expect(storyLine(story)).toContain('specialCar noCar');
  });
  it('given 120 takes over, then the person is fetched, received, and brought home by car', () => {
    const answer = handle(waitingForCar({}), NO_CAR, worldAt(LATER, COMMITTEE));
    if (!answer.ok) throw new Error(answer.refusal.code);
    let { story } = answer.value;
    const steps: Command[] = [
      { type: 'sendUnit' }, { type: 'reportMission', step: 'aboard' }, { type: 'reportMission', step: 'atDestination' }, { type: 'receivePatient' },
      { type: 'finishTreatment', outcome: 'discharged' },
    ];
    steps.forEach((command, index) => {
      const at = LATER + (index + 1) * 10 * MINUTE_MS;
      const next = handle(story, command, worldAt(at, SYSTEM, unitsFor(story, city.units.keys(), city, at)));
      if (!next.ok) throw new Error(`${command.type}: ${next.refusal.code}`);
      story = next.value.story;
      expect(brokenPromises(story, at)).toEqual([]);
    });
    expect(openLink(story)!.kind).toBe('returnCar');
  });
  it('given the announcement names nobody else, then the committee is told so, and nothing has changed', () => {
    const story = waitingForCar({ need: 'specialist', findings: [] });
    const answer = handle(story, NO_CAR, worldAt(LATER, COMMITTEE));
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'noOtherTransport' } });
    expect(actionsFor(COMMITTEE, story, city).map(({ type }) => type)).not.toContain('reportNoCar');
  });
  it('given no car is what is waited for, then it is not wanted', () => {
    const begun = begin({
      channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', need: 'fever', groups: [],
      findings: ['fever'], vitals: {},
    }, 'test', worldAt(START));
    if (!begun.ok) throw new Error(begun.refusal.code);
    expect(handle(begun.value.story, NO_CAR, worldAt(LATER, COMMITTEE))).toMatchObject({ ok: false, refusal: { code: 'carNotWanted' } });
  });
  it('is said by the committee or the district, and by nobody else', () => {
    const story = waitingForCar({});
    expect(actionsFor(COMMITTEE, story, city).map(({ type }) => type)).toEqual(expect.arrayContaining(['assignCar', 'reportNoCar']));
    expect(mayDo({ ...COMMITTEE, role: 'resident', scope: `journey:${story.id}` }, 'reportNoCar', story, city)).toBe(false);
  });
  it('given the deadline passed and nobody said anything, then it happens by itself, once; without anybody named it stays with its owner', () => {
    for (const [rest, errands] of [[{}, [NO_CAR]], [{ need: 'specialist', findings: [] }, []]] as const) {
      const story = waitingForCar(rest);
      const { kind, dueAt } = openLink(story)!;
      const answer = handle(story, { type: 'missDeadline', link: kind, dueAt: dueAt! }, worldAt(dueAt!));
      if (!answer.ok) throw new Error(answer.refusal.code);
      expect(answer.value.errands).toEqual(errands);
      expect(openLink(answer.value.story)!.missed).toHaveLength(1);
    }
  });
});

describe('the deadline for a car has passed and nobody said anything', () => {
  const miss = (story: Story): ReturnType<typeof handle> => {
    const { kind, dueAt } = openLink(story)!;
    return handle(story, { type: 'missDeadline', link: kind, dueAt: dueAt! }, worldAt(dueAt!));
  };
  it('given level III, then 120 is asked at once: they may turn while they wait', () => {
    const story = waitingForCar({});
    expect(story.decision.acuity).toBe('III');
    expect(miss(story)).toMatchObject({ ok: true, value: { errands: [NO_CAR] } });
  });
  it('given level IV, then the district is told first and has a deadline of its own; only then 120 is asked', () => {
    const story = waitingForCar({ findings: [], vitals: { temperatureCelsius: 36.8 } });
    expect(story.decision).toMatchObject({ acuity: 'IV', transportElse: 'ambulance' });
    const first = miss(story);
    if (!first.ok) throw new Error(first.refusal.code);
    expect(first.value.errands).toEqual([]);
    expect(openLink(first.value.story)).toMatchObject({ kind: 'assignCar', missed: [{ told: { role: 'district' } }] });
    expect(miss(first.value.story)).toMatchObject({ ok: true, value: { errands: [NO_CAR] } });
  });
});

const CAR_FREE: Command = { type: 'reportCarFree' };

describe('a car after all', () => {
  const tell = (story: Story, command: Command, at: Instant, actor: Actor = COMMITTEE): { story: Story; types: string[] } => {
    const answer = handle(story, command, worldAt(at, actor, actor === SYSTEM ? unitsFor(story, city.units.keys(), city, at) : []));
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(brokenPromises(answer.value.story, at)).toEqual([]);
    return { story: answer.value.story, types: answer.value.events.map(({ type }) => type) };
  };
  const handedOver = (rest: Partial<Intake> = {}): Story => tell(waitingForCar(rest), NO_CAR, LATER).story;
  const offered = (story: Story, actor = COMMITTEE): string[] => actionsFor(actor, story, city).map(({ type }) => type);

  it('given 120 has sent nobody yet, then its call ends, the committee is waited for again, and what was released stays released', () => {
    const { story, types } = tell(handedOver(), CAR_FREE, LATER + MINUTE_MS);
    expect(types).toEqual(['CarFound', 'RequestDecided', 'MissionStoodDown', 'LinksPlanned', 'RideOrdered', 'RideOrdered', 'LinkOpened']);
    expect(story.decision).toMatchObject({ pathway: 'visit', transport: 'specialCar' });
    expect(openLink(story)).toMatchObject({ kind: 'assignCar', owner: { role: 'committee' }, missed: [] });
    expect(story.excluded).toEqual([]);
    expect(story.release).toBeDefined();
  });
  it('given the car does not come either, then 120 is asked anew and fetches them', () => {
    const again = tell(tell(handedOver(), CAR_FREE, LATER + MINUTE_MS).story, NO_CAR, LATER + 2 * MINUTE_MS).story;
    const sent = tell(again, { type: 'sendUnit' }, LATER + 3 * MINUTE_MS, SYSTEM).story;
    expect(openLink(sent)!.kind).toBe('pickUp');
  });
  it('given a unit is on its way, then it comes', () => {
    const sent = tell(handedOver(), { type: 'sendUnit' }, LATER + MINUTE_MS, SYSTEM).story;
    expect(handle(sent, CAR_FREE, worldAt(LATER + 2 * MINUTE_MS, COMMITTEE))).toMatchObject({ ok: false, refusal: { code: 'carNotWanted' } });
    expect(offered(sent)).not.toContain('reportCarFree');
  });
  it('given they got worse meanwhile, then it is an emergency and stays with 120', () => {
    const worse = tell(handedOver(), { type: 'reportWorse', findings: ['chestPain'] }, LATER + MINUTE_MS).story;
    expect(worse.decision.pathway).toBe('emergency');
    expect(handle(worse, CAR_FREE, worldAt(LATER + 2 * MINUTE_MS, COMMITTEE))).toMatchObject({ ok: false, refusal: { code: 'carNotWanted' } });
    expect(offered(worse)).not.toContain('reportCarFree');
  });
  it('is offered to committee and district for exactly those whom no car could be found for', () => {
    expect(offered(handedOver())).toContain('reportCarFree');
    expect(offered(handedOver(), { ...COMMITTEE, role: 'dispatcher', scope: 'city' })).not.toContain('reportCarFree');
    expect(offered(waitingForCar({}))).not.toContain('reportCarFree');
    const emergency = begin({
      channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', need: 'emergency', groups: [],
      findings: ['chestPain'], vitals: {},
    }, 'test', worldAt(START));
    if (!emergency.ok) throw new Error(emergency.refusal.code);
    expect(openLink(emergency.value.story)!.kind).toBe('sendUnit');
    expect(offered(emergency.value.story)).not.toContain('reportCarFree');
  });
});
