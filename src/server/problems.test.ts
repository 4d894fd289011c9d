import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sentence } from './problems.ts';

const SRC = path.resolve(import.meta.dirname, '..');
/** Rooms whose refusals reach people through this server. */
const ROOMS = ['requests', 'dispatch', 'trips', 'appointments', 'passes', 'reception', 'clinic', 'journey', 'people', 'hotline', 'panels', 'consults', 'interop', 'server'];

/** What a planner or a judge of plans says to the program that asked: it refuses nobody. */
const ANSWERS_PROGRAMS = /(?:trips\/(?:plan\/|check\.ts)|dispatch\/explain\.ts)/;
/** Codes of a schema's issue and of an interaction: nobody is refused with them. */
const NOT_REFUSALS = new Set(['custom', 'read']);

const codes = new Set(ROOMS.flatMap((room) => globSync(path.join(SRC, room, '**', '*.ts'))
  .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('notices.ts') && !ANSWERS_PROGRAMS.test(file))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/refuse\('(\w+)'|\{ code: '(\w+)'/g)].map((match) => match[1] ?? match[2]!))));

describe('the words of a refusal', () => {
  it.each(['en', 'zh-CN'] as const)('every code has a sentence of its own in %s', (language) => {
    const general = sentence('noSuchCode', undefined, language).replace('noSuchCode', '');
    expect([...codes].filter((code) => !NOT_REFUSALS.has(code)).filter((code) => sentence(code, {}, language).replace(code, '') === general)).toEqual([]);
    expect(codes.size).toBeGreaterThan(60);
  });

  it('facts stand where the sentence wants them', () => {
    expect(sentence('unitTaken', { unit: 'A7' }, 'en')).toContain('Unit A7 has just been sent elsewhere');
  });
});
