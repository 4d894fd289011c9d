import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runDecide } from './decide-cli.ts';

/** Keeps what is written, and takes its time about it: a reader downstream that is slower than we are. */
class Slow extends Writable {
  text = '';
  constructor() {
    super({ highWaterMark: 16 });
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    setImmediate(done);
  }
}

const POLICY = 'zhengzhou-2022-11-25';
async function run(input: Iterable<string | Buffer>, options: { policy?: string; city?: string; lang?: 'en' | 'zh-CN' } = {}) {
  const [out, err] = [new Slow(), new Slow()];
  const code = await runDecide({ policy: POLICY, ...options }, Readable.from(input), out, err);
  return { code, err: err.text, text: out.text, answers: out.text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('greenlane decide', () => {
  it('given cases one per line, then one decision per line, in order, with the case’s id', async () => {
    const { code, answers } = await run(['{"id":"a","need":"emer', 'gency"}\n\n{"id":7,"need":"medicineRefill"}\r\n', '{"need":"fever"}']);
    expect(code).toBe(0);
    expect(answers.map(({ id, pathway, venue }) => [id, pathway, venue])).toEqual([
      ['a', 'emergency', 'emergencyDepartment'], [7, 'remote', 'cloudClinic'], [null, 'visit', 'feverClinic']]);
  });
  it('given lines that are no case, then each is answered with its id and the next line goes on', async () => {
    const { answers } = await run(['nonsense\n{"id":"b","need":"haircut","test":5}\n[1]\n{"id":"c","need":"fever"}\n']);
    expect(answers.map(({ id }) => id)).toEqual([null, 'b', null, 'c']);
    expect(answers[1]!.problem).toMatchObject({ code: 'notACase', fields: [{ field: 'need' }, { field: 'test' }] });
    expect(answers[3]).not.toHaveProperty('problem');
  });
  it('given a key that stands twice, then neither is believed', async () => {
    const { answers } = await run(['{"id":"a","need":"fever","ageYears":2,"ageYears":20}\n{"id":"b","need":"fever","vitals":{"pulsePerMinute":60,"pulsePerMinute":160}}\n']);
    expect(answers.map(({ id, problem }) => [id, (problem as { fields: { field: string }[] }).fields.map(({ field }) => field)])).toEqual([['a', ['ageYears']], ['b', ['pulsePerMinute']]]);
  });
  it('given an id too large to be exact, a line separator inside one, or a thousand unknown keys, then each answer is one short line', async () => {
    const many = JSON.stringify({ id: 'many', need: 'fever', ...Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, 1])) });
    const { answers, text } = await run([`{"id":12345678901234567890,"need":"fever"}\n{"id":"a\u2028b","need":"fever"}\n${many}\n`]);
    expect(answers[0]).toMatchObject({ id: null, problem: { fields: [{ field: 'id' }] } });
    expect(answers[1]!['id']).toBe('a\u2028b');
    expect(text).not.toContain('\u2028');
    expect((answers[2]!['problem'] as { fields: unknown[]; message: string }).fields).toHaveLength(20);
    expect((answers[2]!['problem'] as { message: string }).message).toContain('and 980 more');
  });
  it('given a line of ten million characters, then one problem, and the next line is decided', async () => {
    const { answers } = await run([Buffer.alloc(10_000_000, 'x'), '\n{"id":"after","need":"fever"}\n']);
    expect(answers.map(({ id, problem }) => [id, (problem as { code: string } | undefined)?.code])).toEqual([[null, 'tooLong'], ['after', undefined]]);
  });
  it('given brackets thousands deep, then one problem', async () => {
    const { answers } = await run([`${'['.repeat(100_000)}\n`]);
    expect(answers[0]!.problem).toMatchObject({ code: 'notJson' });
  });
  it('given a city, then the institution by its name', async () => {
    const { answers } = await run(['{"id":1,"need":"emergency","town":"990101001"}\n'], { city: 'toytown' });
    expect(answers[0]).toMatchObject({ venue: '玩具城中心医院', venueKind: 'emergencyDepartment', institution: { code: 'T-H1' } });
  });
  it('given a town the city does not have, then the town is named', async () => {
    const { answers } = await run(['{"id":1,"need":"fever","town":"410105001"}\n'], { city: 'toytown' });
    expect(answers[0]!.problem).toMatchObject({ fields: [{ field: 'town' }] });
  });
  it('given a language, then the reasons are in it', async () => {
    const first = ({ answers }: Awaited<ReturnType<typeof run>>): string => (answers[0]!.reasons as { text: string }[])[0]!.text;
    const [zh, en] = [await run(['{"need":"emergency"}'], { lang: 'zh-CN' }), await run(['{"need":"emergency"}'])];
    expect(first(zh)).toContain('二级');
    expect(first(en)).toContain('Level II');
  });
  it('given the path of a file and of a folder, then they are as good as a name', async () => {
    const [policy, city] = ['../policies/zhengzhou-2022-11-25.yaml', '../cities/toytown'].map((name) => fileURLToPath(new URL(name, import.meta.url)));
    const byPath = await run(['{"id":1,"need":"emergency","town":"990101001"}\n'], { policy: policy!, city: city! });
    const byName = await run(['{"id":1,"need":"emergency","town":"990101001"}\n'], { city: 'toytown' });
    expect(byPath.text).toBe(byName.text);
  });
  it('given a file that cannot be read, then every problem with line and column, and exit code 2', async () => {
    const { code, err } = await run([], { policy: fileURLToPath(new URL('../package.yaml', import.meta.url)) });
    expect([code, err]).toEqual([2, expect.stringMatching(/package\.yaml:1:1 there is no such file; check the path/)]);
  });
  it('given a policy or a city that is not there, then one sentence that lists what is, and exit code 2', async () => {
    const policy = await run([], { policy: 'utopia' });
    expect([policy.code, policy.err]).toEqual([2, 'There is no policy "utopia". There are: shanghai-2022-03-28, zhengzhou-2022-11-25; or give the path of a file.\n']);
    const city = await run([], { city: '../etc' });
    expect([city.code, city.err]).toEqual([2, 'There is no city "../etc". There are: toytown, zhengzhou; or give the path of a folder.\n']);
  });
});
