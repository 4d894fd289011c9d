import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPolicies, readAnnouncement } from './load.ts';

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const ZHENGZHOU = readFileSync(path.join(POLICIES, 'zhengzhou-2022-11-25.yaml'), 'utf8');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-folder-'));
  cpSync(POLICIES, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loaded = (): Extract<ReturnType<typeof loadPolicies>, { policies: unknown }> => {
  const found = loadPolicies(folder);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found;
};

describe('a folder of announcements', () => {
  it('as it is published, then every one is read and nothing is left out', () => {
    const { policies, leftOut } = loaded();
    expect(leftOut).toEqual([]);
    expect([...policies.compiled.keys()]).toEqual([...policies.documents.keys()]);
  });

  it('given a broken neighbour, then the others are read, and the broken one is named with line and column', () => {
    writeFileSync(path.join(folder, 'aaa.yaml'), 'id: aaa\nmeasures: [');
    const { policies, leftOut } = loaded();
    expect(policies.documents.has('zhengzhou-2022-11-25')).toBe(true);
    expect(leftOut[0]).toMatchObject({ file: path.join(folder, 'aaa.yaml'), line: expect.any(Number), column: expect.any(Number) });
  });

  it('given two of one id, then the second is left out by name', () => {
    writeFileSync(path.join(folder, 'zz.yaml'), ZHENGZHOU);
    const { leftOut } = loaded();
    expect(leftOut).toMatchObject([{ file: path.join(folder, 'zz.yaml'), code: 'duplicate' }]);
  });

  it('given two for the same district and day, then both can be read and it is said that they overlap; given one supersedes the other, then not', () => {
    const second = ZHENGZHOU.replace('id: zhengzhou-2022-11-25', 'id: zz-second');
    writeFileSync(path.join(folder, 'zz.yaml'), second);
    expect(loaded().leftOut).toMatchObject([{ code: 'overlaps', message: { en: expect.stringContaining('zhengzhou-2022-11-25') } }]);
    expect(loaded().policies.documents.has('zz-second')).toBe(true);
    writeFileSync(path.join(folder, 'zz.yaml'), second.replace(/^districts:/m, 'supersedes: [zhengzhou-2022-11-25]\ndistricts:'));
    expect(loaded().leftOut).toEqual([]);
  });

  it('given two that supersede each other, then both can be read and the ring is named once', () => {
    writeFileSync(path.join(folder, 'zhengzhou-2022-11-25.yaml'), ZHENGZHOU.replace(/^districts:/m, 'supersedes: [zz-second]\ndistricts:'));
    writeFileSync(path.join(folder, 'zz.yaml'), ZHENGZHOU.replace('id: zhengzhou-2022-11-25', 'id: zz-second').replace(/^districts:/m, 'supersedes: [zhengzhou-2022-11-25]\ndistricts:'));
    const { leftOut, policies } = loaded();
    expect(leftOut).toMatchObject([{ file: path.join(folder, 'zz.yaml'), code: 'ring', message: { en: expect.stringContaining('zz-second → zhengzhou-2022-11-25 → zz-second') } }]);
    expect(policies.documents.has('zz-second')).toBe(true);
  });

  it('given a pipe, a device and a folder named like announcements, then nobody waits for them, and each is named', () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe.yaml')]);
    symlinkSync('/dev/zero', path.join(folder, 'device.yaml'));
    mkdirSync(path.join(folder, 'folder.yaml'));
    const { leftOut, policies } = loaded();
    expect(leftOut.map(({ file, code }) => `${code} ${path.basename(file)}`)).toEqual(['unreadable device.yaml', 'unreadable folder.yaml', 'unreadable pipe.yaml']);
    expect(policies.documents.has('zhengzhou-2022-11-25')).toBe(true);
  });

  it('given broken standing rules, then nothing can be decided, and it is said where', () => {
    writeFileSync(path.join(folder, 'standing-rules.yaml'), 'version: 1\nlaw: x');
    const found = loadPolicies(folder);
    expect('problems' in found && found.problems[0]).toMatchObject({ file: path.join(folder, 'standing-rules.yaml'), line: expect.any(Number) });
  });
});

describe('whatever the text', () => {
  it('it is read, or refused with a place in it, and never thrown at anyone', () => {
    const nested = fc.integer({ min: 1, max: 50_000 }).map((depth) => `a: ${'['.repeat(depth)}`);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), nested), (text) => {
      const read = readAnnouncement('text', text);
      if ('problems' in read) for (const { line, column } of read.problems) expect(Math.min(line, column)).toBeGreaterThan(0);
    }));
  });
});
