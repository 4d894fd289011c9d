import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseInstant, seededChance } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { SYSTEM } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import { begin, differencesBetween, handle, replay, type Command, type Happened, type Story, type World } from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
let city: City;
let announced: CompiledPolicy;
let ordinary: CompiledPolicy;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loaded] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loaded) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  ({ ordinary } = loaded.policies);
  announced = compilePolicy(rehearseIn(loaded.policies.documents.get('zhengzhou-2022-11-25')!, 'toytown', ['990101']), loaded.policies.standing);
});

/** A fever at home that becomes an emergency. */
function lived(): readonly Happened[] {
  const chance = seededChance(3);
  const world = (at: number): World => ({
    at, actor: SYSTEM, city, chance, free: { units: [], cars: [], slots: [] },
    decide: (care, excluded) => decide(announced, care, { city, status: initialStatus(city), excluded }),
  });
  const begun = begin({
    channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', need: 'specialist',
    groups: [], findings: [], vitals: {}, patientKind: 'highRiskArea', mobility: 'walks',
  }, 'test', world(START));
  if (!begun.ok) throw new Error(begun.refusal.code);
  const happened: Happened[] = begun.value.events.map((data) => ({ at: START, data }));
  let story: Story = begun.value.story;
  const commands: readonly Command[] = [{ type: 'reportWorse', findings: ['chestPain'] }];
  commands.forEach((command, index) => {
    const at = START + (index + 1) * 60_000;
    const told = handle(story, command, world(at));
    if (!told.ok) throw new Error(told.refusal.code);
    story = told.value.story;
    happened.push(...told.value.events.map((data) => ({ at, data })));
  });
  return happened;
}

describe('a journey under another rule', () => {
  it('under its own, then every decision is the same', () => {
    const decisions = replay(lived(), (care, excluded) => decide(announced, care, { city, excluded }));
    expect(decisions.map(({ because, differences }) => [because, differences])).toEqual([['received', []], ['worse', []]]);
  });

  it('under the rules without an announcement, then what was known at each moment is decided by them', () => {
    const asked: string[][] = [];
    const decisions = replay(lived(), (care, excluded) => {
      asked.push([...care.findings]);
      return decide(ordinary, care, { city, excluded });
    });
    expect(asked).toEqual([[], ['chestPain']]);
    for (const { was, would, differences } of decisions) expect(differences).toEqual(differencesBetween(was, would));
    expect(decisions[0]!.would.policy.id).toBe('standing-rules');
    // The law is above both: an emergency is fetched at once whatever was announced.
    expect(decisions[1]!.would).toMatchObject({ pathway: 'emergency', transport: 'ambulance' });
  });

  it('of nothing that happened, then nothing', () => {
    expect(replay([], () => { throw new Error('nobody was asked'); })).toEqual([]);
  });
});
