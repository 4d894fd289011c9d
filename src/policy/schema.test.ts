import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { policySchema, readPolicy, standingSchema } from './index.ts';

const text = (name: string): string => readFileSync(fileURLToPath(new URL(`../../policies/${name}`, import.meta.url)), 'utf8');
const ZHENGZHOU = text('zhengzhou-2022-11-25.yaml');
const announcement = z.fromJSONSchema(policySchema() as Parameters<typeof z.fromJSONSchema>[0]);
const standing = z.fromJSONSchema(standingSchema() as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (schema: z.ZodType, yaml: string): boolean => schema.safeParse(parse(yaml)).success;

/** Renew with `npx vitest run src/policy/schema.test.ts -u` and read what changed. */
describe('what an editor checks while somebody writes', () => {
  it.each([['policy.schema.json', policySchema], ['standing-rules.schema.json', standingSchema]])('%s is what the reader knows', async (name, schema) => {
    await expect(`${JSON.stringify(schema(), null, 2)}\n`).toMatchFileSnapshot(`../../policies/${name}`);
  });
  it.each(['zhengzhou-2022-11-25.yaml', 'shanghai-2022-03-28.yaml'])('%s is accepted, and says where its schema is', (name) => {
    expect(accepts(announcement, text(name))).toBe(true);
    expect(text(name).split('\n')[0]).toBe('# yaml-language-server: $schema=./policy.schema.json');
  });
  it('the standing rules are accepted by theirs', () => {
    expect(accepts(standing, text('standing-rules.yaml'))).toBe(true);
    expect(text('standing-rules.yaml').split('\n')[0]).toBe('# yaml-language-server: $schema=./standing-rules.schema.json');
  });
  it.each([
    ['an unknown key', "version: '1'", "version: '1'\ncolour: red"],
    ['a fact nobody has', '{ acuity: [emergencies] }', '{ zone: [red] }'],
    ['a value nobody has', '[emergencies]', '[emergency]'],
    ['a word for refusing', '{ greenChannel: true }', '{ refuse: true }'],
    ['a clause without its sentence', "'4: ", "'"],
    ['a day without an hour', '2022-11-25 00:00', '2022-11-25'],
    ['a room nobody has', 'rooms: [reception]', 'rooms: [kitchen]'],
    ['a wait in words', '{ greenChannel: true }', '{ links: { slot: { within: soon } } }'],
    ['a code that decides on the pathway', 'patientKind: [isolationPoint] }\n    then: { transport: specialCar,', 'patientKind: [isolationPoint] }\n    then: { pathway: remote, transport: specialCar,'],
    ['a code that sends somebody to a screen', 'patientKind: [isolationPoint] }\n    then: { transport: specialCar,', 'patientKind: [isolationPoint] }\n    then: { transport: none,'],
    ['an owner who cannot do the step', '{ greenChannel: true }', '{ links: { sendUnit: { owner: resident } } }'],
    ['a test that decides how soon', 'then: { entry: bufferZone }', 'then: { links: { treat: { within: 7 d } } }'],
  ])('given %s, then the editor says so, and so does the reader', (_what, from, to) => {
    const changed = ZHENGZHOU.replace(from, to);
    expect(changed).not.toBe(ZHENGZHOU);
    expect(accepts(announcement, changed)).toBe(false);
    expect(readPolicy('z.yaml', changed)).toHaveProperty('problems');
  });
});
