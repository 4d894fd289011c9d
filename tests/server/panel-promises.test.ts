import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const TOWNS = ['990101001', '990102001'] as const;
const teamOf = (town: string): string => `PT-${town}`;
const PEOPLE = 4;

let city: RunningCity;
let teams: readonly Visitor[];
let committees: readonly Visitor[];
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  teams = await Promise.all(TOWNS.map((town) => city.as(`familyDoctor@town:${town}`)));
  committees = await Promise.all(TOWNS.map((town) => city.as(`committee@town:${town}`)));
}, 60_000);
afterAll(() => city.stop());

const index = fc.nat(PEOPLE - 1);
const side = fc.constantFrom(0, 1);
const strays = fc.constantFrom(true, false, false, false);
const commandArb = fc.oneof(
  fc.record({ do: fc.constant('import' as const), side, who: fc.uniqueArray(index, { minLength: 1, maxLength: PEOPLE }), phone: fc.constantFrom('yes', 'no') }),
  fc.record({ do: fc.constant('transfer' as const), side, strays, who: index }),
  fc.record({ do: fc.constant('answer' as const), side, strays: fc.constant(true), who: index, answer: fc.constantFrom('accept', 'decline') }),
  fc.record({ do: fc.constant('leave' as const), side, strays, who: index }),
  fc.record({ do: fc.constant('keep' as const), side, strays, who: index }),
  fc.record({ do: fc.constant('contact' as const), side, strays, who: index, result: fc.constantFrom('reached', 'notReached', 'notReached') }),
  fc.record({ do: fc.constant('contact' as const), side, strays, who: index, result: fc.constant('wrongNumber') }),
  fc.record({ do: fc.constant('correct' as const), side, strays, who: index }),
  fc.record({ do: fc.constant('knock' as const), side, found: fc.constantFrom('well', 'needsCare', 'notThere', 'moved') }),
);
type Command = typeof commandArb extends fc.Arbitrary<infer C> ? C : never;

interface Row { readonly id: string; readonly name: string; readonly team: string; readonly active: boolean; readonly left: { by: string; reason: string } | null; readonly knock: string | null; readonly tries: number; readonly question: string | null; readonly due: number }

const rowsOf = async (run: string): Promise<readonly Row[]> => (await city.database.pool.query<Row>(`select id, member->>'name' as name, team, active, member->'left' as left, member->'knock'->>'id' as knock,
  (member->>'tries')::int as tries, member->'question'->>'kind' as question, due_at as due from panel_member where member->>'name' like $1`, [`${run} %`])).rows;

async function perform(run: string, command: Command, imported: Set<string>): Promise<void> {
  const team = teams[command.side]!;
  if (command.do === 'import') {
    const [town, names] = [TOWNS[command.side]!, command.who.map((who) => `${run} ${who}`)];
    const rows = names.map((name, nth) => `${name},${command.phone === 'yes' ? `1380000${String(command.who[nth]).padStart(4, '0')}` : ''},${town},Building ${command.who[nth]},hypertension`);
    const { status } = await team.send('POST', `/api/panels/import?team=${teamOf(town)}`, ['name,phone,town,address,conditions', ...rows].join('\n'), { 'content-type': 'text/csv', 'idempotency-key': newKey() });
    if (status === 200) for (const name of names) imported.add(name);
    return;
  }
  if (command.do === 'knock') {
    const knock = (await committees[command.side]!.get('/api/panels/knocks')).body.knocks.find((each: any) => each.name.startsWith(`${run} `) && !each.done);
    if (knock) await committees[command.side]!.post(`/api/panels/knocks/${knock.id}/done`, { found: command.found });
    return;
  }
  const found = (await rowsOf(run)).find(({ name }) => name === `${run} ${command.who}`);
  const id = found?.id ?? 'nobody';
  // Mostly by whoever answers for them, now and then by the other team.
  const own = found && TOWNS.map(teamOf).indexOf(found.team);
  const by = own === undefined || command.strays ? command.side : own;
  const to = (what: string, body: object) => teams[by]!.post(`/api/panels/members/${id}/${what}`, body);
  switch (command.do) {
    case 'transfer': return void (await to('transfer', { team: teamOf(TOWNS[1 - by]!), reason: 'moved' }));
    case 'answer': return void (await to('transfer-answer', { answer: command.answer, reason: 'so it is' }));
    case 'leave': return void (await to('leave', { reason: 'left the city' }));
    case 'keep': return void (await to('keep', { reason: 'still ours' }));
    case 'contact': return void (await to('contact', { result: command.result }));
    case 'correct': return void (await to('correct', { phone: `1390000${String(command.who).padStart(4, '0')}` }));
  }
}

describe('whatever is imported, moved, left, called and knocked at', () => {
  it('nobody is lost, nobody has two teams, and nobody is on no list', async () => {
    let runs = 0;
    await fc.assert(fc.asyncProperty(fc.array(fc.array(commandArb, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 9 }), async (steps) => {
      const run = `Run${process.pid}-${runs++}`;
      const imported = new Set<string>();
      const everybody = Array.from({ length: PEOPLE }, (_, who) => who);
      for (const from of [0, 1] as const) await perform(run, { do: 'import', side: from, who: everybody.filter((who) => who % 2 === from), phone: 'yes' }, imported);
      // Those of one step come at the same moment, from several desks.
      for (const step of steps) await Promise.all(step.map((command) => perform(run, command, imported)));
      const { at } = (await teams[0]!.get('/api/panels/teams')).body;
      const rows = await rowsOf(run);
      expect(new Set([...imported].filter((name) => !rows.some((row) => row.name === name)))).toEqual(new Set());
      expect(rows.filter(({ active, left }) => active !== (left === null) || (left !== null && (!left.by || !left.reason)))).toEqual([]);
      // One row is one team; who has no phone in one file and one in another is two to the city, and each of the two has a team.
      expect(rows.filter(({ team }) => !TOWNS.map(teamOf).includes(team))).toEqual([]);
      for (const { id, team, active, due } of rows.filter((row) => row.active)) {
        const owner = teams[TOWNS.map(teamOf).indexOf(team)]!;
        expect((await owner.get(`/api/panels/members/${id}`)).body.member).toMatchObject({ id, team });
        expect([active, due < at + 31 * 86_400_000]).toEqual([true, true]);
      }
      const { rows: knocks } = await city.database.pool.query(`select id, member from panel_knock where done_at is null and member = any($1)`, [rows.map(({ id }) => id)]);
      expect(new Map(knocks.map(({ member, id }) => [member, id]))).toEqual(new Map(rows.flatMap(({ id, knock }) => (knock ? [[id, knock]] : []))));
      expect(rows.filter(({ active, tries, knock, question, due }) => active && tries >= 3 && !knock && !question && due > at + 4 * 3_600_000)).toEqual([]);
    }), { numRuns: Number(process.env['GREENLANE_RUNS'] ?? 15), endOnFailure: true });
  }, 60_000);
});
