import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, readCsv } from './index.ts';

const COLUMNS = ['name', 'seats'];
const plain = (text: string): string[][] => readCsv(text, COLUMNS).rows.map((row) => COLUMNS.map((name) => row.get(name)!.text));
const wrong = (text: string): string[] => readCsv(text, COLUMNS, ['note']).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe('a table from a spreadsheet', () => {
  it.each([
    ['name,seats\nA,1\nB,2\n', [['A', '1'], ['B', '2']]],
    ['\uFEFFname,seats\r\nA,1\r\n\r\n', [['A', '1']]],
    ['seats,name\n1,"A ""x"", B\nsecond line"\n', [['A "x", B\nsecond line', '1']]],
    ['name,seats\nA,', [['A', '']]],
    ['name;seats\r\n"A; first, B";1\r\nC, D;2\r\n', [['A; first, B', '1'], ['C, D', '2']]],
    ['name,seats\nA; B,1', [['A; B', '1']]],
  ])('%j', (text, rows) => expect(plain(text)).toEqual(rows));

  it.each([
    ['', ['csvEmpty 1:1']],
    ['name\nA', ['csvColumnMissing 1:2']],
    ['name,seats,chairs\nA,1,2', ['csvColumnUnknown 1:3']],
    ['name,seats,name\nA,1,2', ['csvColumnTwice 1:3']],
    ['name,seats\nA,1,2\nB\nC,1', ['csvFieldCount 2:2', 'csvFieldCount 3:1']],
    ['name,seats\n"a\nb",1\nA "x",1', ['csvQuote 4:1']],
    ['name,seats\nA,"1', ['csvQuote 2:2']],
    ['name,seats,note\nA,1,x', []],
    ['name;seats\nA,1', ['csvFieldCount 2:1']],
  ])('%j is told where it is wrong: %j', (text, problems) => expect(wrong(text)).toEqual(problems));

  it('whatever the fields hold, what was written comes back', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r', ' ') });
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const written = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(plain(`name,seats\r\n${written}\r\n`)).toEqual(rows);
    }));
  });

  it('bytes in another encoding are refused with their line, never guessed', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('name,seats\n中,1\n'), 0xd6, 0xd0, 0x2c, 0x31]);
    expect(csvText(bytes)).toEqual({ problem: { code: 'csvNotUtf8', line: 3, column: 1 } });
    expect(csvText(Uint8Array.from([0xff, 0xfe, 0x41, 0]))).toMatchObject({ problem: { line: 1 } });
    expect(csvText(new TextEncoder().encode('\uFEFFname'))).toEqual({ text: 'name' });
  });
});
