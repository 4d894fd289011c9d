/** A later version of Zhengzhou's announcement, and the two people it takes to put it in force. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, type Visitor } from './running-city.ts';

/** The announcement as it was published. */
export const ANNOUNCED = readFileSync(path.resolve(import.meta.dirname, '../policies/zhengzhou-2022-11-25.yaml'), 'utf8');

/** The committee answers whoever asks for a specialist within 25 minutes; everything else is as it was. */
export const CHANGED = ANNOUNCED.replace("version: '1'", "version: '9'").replace('measures:\n', `measures:
  - id: ZZ-changed
    clause: '3: changed, the committee answers within 25 minutes'
    text: { zh: 规定已调整。, en: The rule has changed. }
    rooms: [passes]
    when: { acuity: [others], need: [specialist] }
    then: { links: { release: { owner: committee, within: 25 min } } }
`);

interface People {
  as(post: string): Promise<Visitor>;
}

/** Drafted by one. */
export async function draft(author: Visitor, text: string): Promise<{ readonly id: string; readonly version: string; readonly address: string }> {
  const { status, body } = await author.post('/api/policies', { text });
  if (status !== 200) throw new Error(JSON.stringify(body));
  const { id, version } = body.policy;
  return { id, version, address: `/api/policies/${id}/${version}` };
}

/** The check has gone through it. */
export function checked(reader: Visitor, address: string): Promise<any> {
  return eventually(async () => {
    const { policy } = (await reader.get(address)).body;
    return policy.state === 'checked' && !policy.checkStale ? policy : undefined;
  }, 90);
}

/** A reason for whatever was found. */
export function explained(policy: { readonly findings: readonly { readonly key: string }[] }): Record<string, string> {
  return Object.fromEntries(policy.findings.map(({ key }) => [key, 'The city has decided so.']));
}

/** Drafted by one, adopted by another. */
export async function adopt(city: People, text: string): Promise<any> {
  const [planner, second] = [await city.as('planner@city'), await city.as('city@city')];
  const { address } = await draft(planner, text);
  const { status, body } = await second.post(`${address}/adopt`, { why: explained(await checked(planner, address)) });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** Every open request has been asked again under what is in force now. */
export function everybodyAsked(city: People): Promise<true> {
  return eventually(async () => ((await (await city.as('planner@city')).get('/api/policies')).body.unasked === 0 ? true : undefined), 90);
}
