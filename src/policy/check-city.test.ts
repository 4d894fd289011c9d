import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { checkPolicy, compilePolicy, rehearseIn } from './index.ts';
import type { CheckFinding, Measure } from './index.ts';
import { loadPolicies } from './load.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const loadedCity = loadCity(path('cities/toytown'));
const loaded = loadPolicies(path('policies'));
if (!('city' in loadedCity) || 'problems' in loaded) throw new Error('toytown and the policies have to load');
const { city } = loadedCity;
const { documents, standing } = loaded.policies;
const document = rehearseIn(documents.get('zhengzhou-2022-11-25')!, 'toytown', ['990101']);

const measure = (id: string, when: object[], then: object): Measure => ({ id, clause: `1: "${id}"`, text: { zh: id, en: id }, when, then, line: 1 }) as Measure;
const sendSpecialistsToCounterparts = measure('X', [{ acuity: ['III', 'IV'], need: ['specialist'], fever: ['no'] }], { choice: 'counterpartFirst' });
const inCity = (where: City, ...measures: Measure[]): readonly CheckFinding[] =>
  checkPolicy(compilePolicy({ ...document, measures: [...measures, ...document.measures] }, standing), where).findings.filter(({ code }) => code === 'counterpartCannot' || code === 'nobodyRuns');

describe('a policy in a city', { timeout: 120_000 }, () => {
  it('given every service it needs is run for adults and children, then nothing', () => {
    expect(inCity(city)).toEqual([]);
  });
  it('given a town whose counterparts cannot do what they are sent, then town, service and counterparts, with an example; towns that are not covered are left out', () => {
    const onlyOrchard: City = { ...city, counterparts: city.counterparts.map((one) => (one.town === '990101100' ? { ...one, institutions: ['T-H3'] } : one)) };
    const [adults, children] = inCity(onlyOrchard, sendSpecialistsToCounterparts).toSorted((a, b) => a.key.length - b.key.length);
    expect([adults!.key, children!.key]).toEqual(['counterpartCannot specialist 990101100 ORD-specialist X', 'counterpartCannot specialist children 990101100 ORD-specialist X']);
    expect(adults!.message.en).toMatch(/^no counterpart of .+ gives specialist care; name one in counterparts\.yaml$/);
    expect(children!.message.zh).toContain('儿童');
    expect(adults!.example!.text.en).toContain('specialist clinic');
  });
  it('given the nearest is asked, then a counterpart that cannot is no fault', () => {
    const onlyOrchard: City = { ...city, counterparts: city.counterparts.map((one) => ({ ...one, institutions: ['T-H3'] })) };
    expect(inCity(onlyOrchard)).toEqual([]);
  });
  it('given a counterpart that can only from the second day on, then the first day is found', () => {
    const from = document.coverage.period.from;
    const later: City = { ...city, counterparts: [
      { town: '990101100', institutions: ['T-H3'], period: { from: 0, to: parseInstant('2022-11-26 00:00')! } },
      { town: '990101100', institutions: ['T-H1'], period: { from: parseInstant('2022-11-26 00:00')! } },
      ...city.counterparts.filter(({ town }) => town !== '990101100'),
    ] };
    expect(from).toBeLessThan(parseInstant('2022-11-26 00:00')!);
    expect(inCity(later, sendSpecialistsToCounterparts).map(({ key }) => key)).toContain('counterpartCannot specialist 990101100 ORD-specialist X');
  });
  it('given a service that nobody runs for children, then once for the whole city', () => {
    const grownUp = new Map([...city.institutions].map(([code, institution]) => [code, {
      ...institution, services: new Map([...institution.services].map(([service, { children, ...offer }]) => [service, service === 'radiotherapy' || !children ? offer : { ...offer, children }])),
    }]));
    const found = inCity({ ...city, institutions: grownUp });
    expect(found.map(({ key }) => key)).toEqual([expect.stringMatching(/^nobodyRuns radiotherapy children /)]);
    expect(found[0]!.message.en).toBe('no institution of Toytown gives radiotherapy for children; name one in institutions.yaml, or send these people elsewhere');
  });
});
