import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { initialStatus, withStatus } from '../city/index.ts';
import type { Service, ServiceStatus, TownTravel, TravelTables } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { NEEDS } from '../triage/index.ts';
import { compilePolicy, decide, rehearseIn } from './index.ts';
import type { CareCase } from './index.ts';
import { loadPolicies } from './load.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const loadedCity = loadCity(path('cities/toytown'));
const loaded = loadPolicies(path('policies'));
if (!('city' in loadedCity) || 'problems' in loaded) throw new Error('toytown and the policies have to load');
const { city } = loadedCity;
const { documents, standing } = loaded.policies;
/** Zhengzhou's announcement, rehearsed in the east of Toytown. */
const policy = compilePolicy(rehearseIn(documents.get('zhengzhou-2022-11-25')!, 'toytown', ['990101']), standing);

const DURING = parseInstant('2022-11-26 10:00')!;
const someone = (rest: Partial<CareCase>): CareCase => ({
  need: 'haemodialysis', groups: [], findings: [], vitals: {}, ageMonths: 480, instant: DURING, town: '990101001',
  patientKind: 'greenCode', test: 'valid', mobility: 'walks', ...rest,
});
const closed = (institution: string, service: Service, rest: Partial<ServiceStatus> = {}): ServiceStatus => ({
  institution, service, state: 'closed', since: DURING - 1_000, until: DURING + 3_600_000, reason: 'disinfection',
  reportedBy: 'ward', reportedAt: DURING - 1_000, ...rest,
});

describe('which institution', () => {
  it('given a district the policy covers, then it is in force there and not next door', () => {
    expect(decide(policy, someone({}), { city }).policyInForce).toBe(true);
    expect(decide(policy, someone({ town: '990102001' }), { city }).policyInForce).toBe(false);
  });
  it('given the patient’s own dialysis unit is open, then it is asked first', () => {
    expect(decide(policy, someone({ ownInstitution: 'T-H2' }), { city }).institution).toBe('T-H2');
  });
  it('given it is closed for disinfection, then its stand-in takes the patient, and the closure is named with its end', () => {
    const status = withStatus(initialStatus(city), closed('T-H2', 'haemodialysis', { standIn: 'T-H1' }));
    const decision = decide(policy, someone({ ownInstitution: 'T-H2' }), { city, status });
    expect(decision.institution).toBe('T-H1');
    expect(decision.ruledOut.find(({ option }) => option === 'institution:T-H2')!.text.en)
      .toBe('Toytown Second Hospital is closed for disinfection until 2022-11-26T11:00:00+08:00.');
  });
  it('Shanghai, March 2022: the emergency department is closed for disinfection: known before anyone leaves, the next open one is named', () => {
    const status = withStatus(initialStatus(city), closed('T-H1', 'emergency'));
    const decision = decide(policy, someone({ need: 'emergency', findings: ['asthmaNotRelieved'] }), { city, status });
    expect([decision.institution, decision.ruledOut.some(({ option }) => option === 'institution:T-H1')]).toEqual(['T-H2', true]);
  });
  it('given a child with fever, then a fever clinic that sees children', () => {
    expect(decide(policy, someone({ need: 'fever', ageMonths: 24 }), { city }).institution).toBe('T-H2');
  });
  it('given an institution refused, then the next one, and the refusal stays named', () => {
    const decision = decide(policy, someone({ need: 'emergency' }), { city, excluded: [{ institution: 'T-H1', cause: 'refused' }] });
    expect(decision.institution).toBe('T-H2');
    expect(decision.ruledOut.find(({ option }) => option === 'institution:T-H1')!.clause).toBe('asked-refused');
  });
  it('given no open road leads to the nearest, then the next is chosen and it is said why; an ambulance and a car with a permit may pass', () => {
    const closedFor = (...stopped: readonly string[]): TravelTables => {
      const table = (profile: keyof TravelTables): TownTravel =>
        ({ profile, seconds: (_, institution) => (institution !== 'T-H1' ? 600 : stopped.includes(profile) ? Infinity : 60) });
      return { ambulance: table('ambulance'), car: table('car'), permitCar: table('permitCar') };
    };
    const stroke = someone({ need: 'emergency' });
    expect(decide(policy, stroke, { city, travel: closedFor('car', 'permitCar') }).institution).toBe('T-H1');
    const emergency = decide(policy, stroke, { city, travel: closedFor('ambulance') });
    expect(emergency.institution).toBe('T-H2');
    expect(emergency.ruledOut.find(({ option }) => option === 'institution:T-H1')).toMatchObject({ clause: 'city-noWayOpen', text: { en: expect.stringContaining('every road there is closed') } });
    expect(decide(policy, someone({}), { city, travel: closedFor('car') })).toMatchObject({ transport: 'specialCar', institution: 'T-H1' });
    expect(decide(policy, someone({}), { city, travel: closedFor('permitCar') }).institution).toBe('T-H2');
  });
  it('given everybody else is out, then the one no road leads to is chosen after all, and not ruled out', () => {
    const nowhere: TownTravel = { profile: 'ambulance', seconds: (_, institution) => (institution === 'T-H1' ? Infinity : 600) };
    const excluded = ['T-H2', 'T-H4'].map((institution) => ({ institution, cause: 'refused' }));
    const decision = decide(policy, someone({ need: 'emergency' }), { city, excluded, travel: { ambulance: nowhere, car: nowhere, permitCar: nowhere } });
    expect(decision.institution).toBe('T-H1');
    expect(decision.ruledOut.map(({ option }) => option)).not.toContain('institution:T-H1');
  });
  it('given nobody is open, then somebody owns the search within ten minutes: a step, not an end', () => {
    const excluded = ['T-H1', 'T-H2'].map((institution) => ({ institution, cause: 'noSlot' }));
    const decision = decide(policy, someone({}), { city, excluded });
    expect(decision.institution).toBeUndefined();
    expect(decision.links[0]).toEqual({ kind: 'findPlace', owner: 'district', dueSeconds: 600 });
  });
  it('given nobody is open for an emergency, then the unit leaves first and the dispatcher searches meanwhile', () => {
    const excluded = ['T-H1', 'T-H2', 'T-H4'].map((institution) => ({ institution, cause: 'refused' }));
    const kinds = decide(policy, someone({ need: 'emergency' }), { city, excluded }).links.map(({ kind }) => kind);
    expect(kinds.slice(0, 4)).toEqual(['sendUnit', 'pickUp', 'findPlace', 'bring']);
  });
  describe('an emergency whose need is known', () => {
    const noDialysisAt = (institution: string) => withStatus(initialStatus(city), closed(institution, 'haemodialysis', { standIn: institution === 'T-H1' ? 'T-H2' : 'T-H1' }));
    const red = (town: string, institution: string, finding: string) => decide(policy, someone({ town, findings: [finding] }), { city, status: noDialysisAt(institution) });

    it('given the nearest emergency department has the dialysis unit as well, then it is the nearest one, and nothing more is said', () => {
      const decision = decide(policy, someone({ findings: ['hyperkalaemiaSigns'] }), { city });
      expect([decision.institution, decision.reasons.map(({ clause }) => clause).includes('city-runsNeed')]).toEqual(['T-H1', false]);
    });
    it('given one that runs it is a minute farther, then that one, and the reason is told', () => {
      const decision = red('990101100', 'T-H2', 'hyperkalaemiaSigns');
      expect(decision).toMatchObject({ acuity: 'I', pathway: 'emergency', service: 'emergency', institution: 'T-H1' });
      expect(decision.reasons.at(-1)).toEqual({ clause: 'city-runsNeed', text: {
        zh: '玩具城中心医院的急诊有血液透析，比最近的急诊多走约2分钟。', en: 'Toytown Central Hospital has haemodialysis beside its emergency department; it is about 2 min farther than the nearest one.' } });
      expect(decision.ruledOut.find(({ option }) => option === 'institution:T-H2')!.clause).toBe('city-runsNeed');
    });
    it.each([['hyperkalaemiaSigns', 'I', 'T-H1'], ['breathlessOnDialysis', 'II', 'T-H2']])(
      'given it is eight minutes farther, then %s (acuity %s) goes to %s: the way itself must not kill', (finding, acuity, institution) => {
        expect(red('990101001', 'T-H1', finding)).toMatchObject({ acuity, institution });
      });
    it('given a pregnant woman, then where babies are born, unless that is too far', () => {
      const labour = someone({ need: 'emergency', groups: ['pregnant'], findings: ['labour'] });
      const shut = withStatus(initialStatus(city), closed('T-H2', 'obstetrics', { standIn: 'T-H1' }));
      expect(decide(policy, { ...labour, town: '990101100' }, { city, status: shut }).institution).toBe('T-H1');
      expect(decide(policy, { ...labour, town: '990102001' }, { city }).institution).toBe('T-H4');
    });
    it('given a child, whatever the emergency is, then where children are treated, when that is hardly farther', () => {
      const choking = someone({ need: 'emergency', ageMonths: 20, findings: ['severeBreathlessness'], town: '990101100' });
      const shut = withStatus(initialStatus(city), closed('T-H2', 'paediatrics', { standIn: 'T-H1' }));
      expect(decide(policy, choking, { city }).institution).toBe('T-H2');
      expect(decide(policy, choking, { city, status: shut })).toMatchObject({ institution: 'T-H1', reasons: expect.arrayContaining([expect.objectContaining({ clause: 'city-runsNeed' })]) });
    });
    it('given the one that runs it has refused, then it is not sent there again', () => {
      const decision = decide(policy, someone({ town: '990101100', findings: ['hyperkalaemiaSigns'] }), { city, status: noDialysisAt('T-H2'), excluded: [{ institution: 'T-H1', cause: 'refused' }] });
      expect(decision.institution).toBe('T-H2');
    });
  });
  it('given no town, then somebody central is found, and the town is asked', () => {
    const { town: _, ...nowhere } = someone({});
    const decision = decide(policy, nowhere, { city });
    expect(decision.institution).toBeDefined();
    expect(decision.missing).toContain('town');
  });
  it('whatever is needed, wherever and however little is known: a place that runs the service, or a search with an owner', () => {
    fc.assert(fc.property(fc.constantFrom(...NEEDS), fc.constantFrom(undefined, ...city.towns.keys(), '410105001'), fc.option(fc.integer({ min: 0, max: 1_200 }), { nil: undefined }), (need, town, ageMonths) => {
      const care: CareCase = { need, groups: [], findings: [], vitals: {}, ...(town && { town }), ...(ageMonths !== undefined && { ageMonths }) };
      const decision = decide(policy, care, { city });
      if (decision.institution === undefined) expect(decision.links.map(({ kind }) => kind)).toContain('findPlace');
      else expect(city.institutions.get(decision.institution)!.services.has(decision.service)).toBe(true);
    }));
  });
});
