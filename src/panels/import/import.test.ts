import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../base/index.ts';
import { evolveMember, planImport, readImport, type Known, type Member } from '../index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const HEADER = 'number,name,phone,town,address,birth,sex,conditions,medicines,expected,last_visit';
const context = { towns: new Set(['T1', 'T2']), at: NOW, formulary: (written: string) => (written.includes('insulin') ? { code: 'insulin', neverRunOut: true } : {}) };
const read = (...rows: readonly string[]) => readImport([HEADER, ...rows].join('\n'), context);
const WANG = 'A1,王秀英,13700005678,T1,"3号楼, 2单元",1950-03,female,hypertension;livesAlone,"insulin glargine|2022-11-20|28; amlodipine|2022-11-01|30",,';
const keyOf = ({ name, phone }: { name: string; phone: string }): string => `${name} ${phone}`;

function plan(csv: readonly string[], known: readonly Known[] = [], team = 'PT1', asOf = NOW) {
  let next = 0;
  return planImport({ team, candidates: read(...csv).candidates, known, keyOf, newId: () => `PM${next++}`, by: 'Dr Li', at: NOW, asOf });
}
const known = (...members: readonly Member[]): Known[] => members.map((member) => ({ member, version: 1 }));

describe('a file of people', () => {
  it('given a row in order, then it is a person with the groups that follow from age and illness', () => {
    const { candidates: [wang], problems } = read(WANG);
    expect(problems).toEqual([]);
    expect(wang!.person).toMatchObject({
      number: 'A1', name: '王秀英', phone: '13700005678', town: 'T1', address: '3号楼, 2单元', sex: 'female', groups: ['elderly', 'chronic'], conditions: ['hypertension', 'livesAlone'],
      medicines: [{ name: 'insulin glargine', days: 28, code: 'insulin', neverRunOut: true }, { name: 'amlodipine', days: 30 }],
    });
  });

  it('given many mistakes, then all are named at once, each by line and column', () => {
    const { problems } = read('A1,,12,nowhere,Building 3,1850,f,cold,metformin|soon|30,2024-01-01,', 'A2,Li,,T1,Building 4,,,diabetes,,,');
    expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual(expect.arrayContaining([
      ['importEmpty', 2, 2], ['importNotAPhone', 2, 3], ['importTownUnknown', 2, 4], ['importDayImpossible', 2, 6], ['importNotOneOf', 2, 7], ['importNotOneOf', 2, 8], ['importMedicine', 2, 9], ['importDayImpossible', 2, 10],
    ]));
    expect(problems.every(({ line }) => line === 2)).toBe(true);
  });

  it('given a byte-order mark and a row of another length, then the one is nothing and the other is named', () => {
    const { problems } = readImport(`\uFEFF${HEADER}\n${WANG}\na,b\n`, context);
    expect(problems).toMatchObject([{ code: 'csvFieldCount', line: 3 }]);
  });

  it('given the same person twice, or one number for two, then neither row is guessed away', () => {
    expect(plan([WANG, WANG.replace('A1', 'A9')]).problems).toMatchObject([{ code: 'importTwice', line: 3, facts: { before: 2 } }]);
    expect(plan([WANG, WANG.replace('王秀英', '王秀兰')]).problems).toMatchObject([{ code: 'importTwice', line: 3 }]);
  });
});

describe('what a file changes', () => {
  const [wang] = plan([WANG]).added as [Member];

  it('given the same file again, then nothing', () => {
    expect(plan([WANG], known(wang))).toMatchObject({ added: [], changed: [], unchanged: 1, missing: [] });
  });

  it('given a person who is not in it, then they stay and are asked about, once', () => {
    const first = plan([], known(wang));
    expect(first.missing).toEqual([wang]);
    expect(first.changed[0]!.member).toMatchObject({ team: 'PT1', question: { kind: 'notInImport', askedAt: NOW } });
    expect(plan([], known(first.changed[0]!.member))).toMatchObject({ missing: [], changed: [] });
    expect(plan([WANG], known(first.changed[0]!.member)).changed[0]!.member).not.toHaveProperty('question');
  });

  it('given a person another team answers for, then that team is asked, and goes on answering', () => {
    const { changed, added, transfers } = plan([WANG], known({ ...wang, team: 'PT2' }));
    expect([added, transfers.length]).toEqual([[], 1]);
    expect(changed[0]!.member).toMatchObject({ team: 'PT2', transfer: { to: 'PT1', askedBy: 'PT1', dueAt: NOW + DAY_MS } });
  });

  it('given the team has corrected the number since the file was written, then the file does not take it back; a later file does', () => {
    const corrected = evolveMember(wang, { type: 'ContactCorrected', key: '王秀英 13911112222', phone: '13911112222', address: '3号楼', town: 'T1' }, NOW)!;
    expect(plan([WANG], known(corrected), 'PT1', NOW - DAY_MS)).toMatchObject({ added: [], unchanged: 1 });
    expect(plan([WANG], known(corrected), 'PT1', NOW + DAY_MS).changed[0]!.member.phone).toBe('13700005678');
  });

  it('given a newer box is known than the file names, then it stays; and contacts are never overwritten', () => {
    const since = { ...wang, lastContactAt: NOW, medicines: [{ name: 'amlodipine', dispensedAt: NOW - DAY_MS, days: 60 }] };
    const [{ member }] = plan([WANG], known(since)).changed as unknown as [Known];
    expect(member.medicines).toContainEqual({ name: 'amlodipine', dispensedAt: NOW - DAY_MS, days: 60 });
    expect(member).toMatchObject({ lastContactAt: NOW, medicines: { length: 2 } });
  });

  it('given somebody had left and is named again, then they are back', () => {
    const left = evolveMember(wang, { type: 'MemberLeft', by: 'Dr Li', reason: 'moved to another city' }, NOW)!;
    expect(plan([WANG], known({ ...left, team: 'PT2' })).changed[0]!.member).toMatchObject({ team: 'PT1' });
    expect(plan([WANG], known(left)).cameBack).toBe(1);
  });
});
