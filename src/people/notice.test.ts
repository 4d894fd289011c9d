import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTICE_CODES } from './notice.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

describe('what is told', () => {
  it.each(['en', 'zh-CN'])('every code has its sentence in %s: a text without words reaches nobody', (language) => {
    const words = readFileSync(path.join(ROOT, 'words', language, 'shared.md'), 'utf8');
    const sentences = new Map([...words.matchAll(/^## notice\.(\w+)\n+([^\n#]+)/gm)].map(([, code, sentence]) => [code, sentence!.trim()]));
    expect(NOTICE_CODES.filter((code) => !sentences.get(code))).toEqual([]);
    expect([...sentences.keys()].filter((code) => !NOTICE_CODES.some((known) => known === code))).toEqual([]);
  });

  it('no code is named twice, and there is one way into the outbox', () => {
    expect(new Set(NOTICE_CODES).size).toBe(NOTICE_CODES.length);
    const writers = globSync(path.join(ROOT, 'src', '**', '*.ts')).filter((file) => !file.endsWith('.test.ts') && /insert\s+into\s+outbox|insertInto\('outbox'/i.test(readFileSync(file, 'utf8')));
    expect(writers.map((file) => path.relative(ROOT, file))).toEqual([path.join('src', 'people', 'store.ts')]);
  });
});
