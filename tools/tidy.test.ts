import { describe, expect, it } from 'vitest';
import { formatComplaint } from './tidy/complaint.ts';
import { complaintsAbout } from './tidy/complaints.ts';
import { FLOORS, LINES_MAX } from './tidy/law.ts';

/** The smallest house that stands: one command that uses two rooms. */
const HOUSE: Readonly<Record<string, string>> = {
  'src/main.ts': `import { pass } from './passes/index.ts';\npass(process.env['CITY'] ?? '');\n`,
  'src/passes/README.md': '# passes\n',
  'src/passes/index.ts': `export { pass } from './pass.ts';\n`,
  'src/passes/pass.ts': `import { HOUR_MS } from '../base/index.ts';\nexport const pass = (city: string): string => city + HOUR_MS;\n`,
  'src/base/README.md': '# base\n',
  'src/base/index.ts': 'export const HOUR_MS = 3_600_000;\n',
};

/** What is said about the house with these files more, or instead: `file:line found`. */
function saidAbout(files: Readonly<Record<string, string>>): string[] {
  return complaintsAbout(new Map(Object.entries({ ...HOUSE, ...files }))).map(({ file, line, found }) => `${file}:${line} ${found}`);
}

/** The same about one pure file, with this text. */
const saidAboutPass = (text: string): string[] => saidAbout({ 'src/passes/pass.ts': `import '../base/index.ts';\n${text}\nexport const pass = String;\n` });

describe('a house', () => {
  it('given every rule is kept, then nothing is said', () => {
    expect(saidAbout({})).toEqual([]);
  });

  it('given a broken rule, then the complaint says where, what, why and what to do', () => {
    const [complaint] = complaintsAbout(new Map(Object.entries({ ...HOUSE, 'src/base/index.ts': 'export const HOUR_MS = Date.now();\n' })));
    expect(formatComplaint(complaint!)).toBe([
      'src/base/index.ts:1  uses Date.now.',
      '    The answer would differ between the service, a rehearsal and the day somebody asks why it was given.',
      '    Take the instant, or a Chance of base/, as an argument; server/ and drill/ each bring their own.',
    ].join('\n'));
  });
});

describe('imports', () => {
  const opens = (from: string, target: string, keyword = 'import'): string[] =>
    complaintsAbout(new Map([[from, `${keyword} { x } from '${'../'.repeat(from.split('/').length - 1)}${target}';\n`], [target, 'export const x = 1;\n']]))
      .filter(({ found }) => found.startsWith('opens') || found.startsWith('takes'))
      .map(({ found }) => found);

  it('go down only: between any two rooms, exactly the way down is open', () => {
    const rooms = FLOORS.flatMap((names, floor) => names.filter((name) => !name.endsWith('.ts')).map((name) => ({ name, floor })));
    for (const from of rooms) {
      for (const to of rooms.filter(({ name }) => name !== from.name)) {
        const door = to.name === 'drill' ? 'cli.ts' : 'index.ts';
        const said = opens(`src/${from.name}/decide.ts`, `src/${to.name}/${door}`);
        expect(said.length === 0, `${from.name} opens ${to.name}: ${said.join()}`).toBe(from.floor > to.floor);
      }
    }
  });

  it('given only a type goes up, then it is still up', () => {
    expect(opens('src/policy/decide.ts', 'src/journey/index.ts', 'import type')).toEqual(['opens journey (floor 4) from policy (floor 2).']);
  });

  it('given a neighbour, then it is called one', () => {
    expect(opens('src/trips/decide.ts', 'src/passes/index.ts')).toEqual(['opens its neighbour passes (both floor 3).']);
  });

  it.each(['export', 'export type', 'import type'])('given %s … from behind a door, then it is seen', (keyword) => {
    expect(opens('src/journey/chain.ts', 'src/passes/pass.ts', keyword)).toEqual(['opens src/passes/pass.ts behind the door of passes.']);
  });

  it.each([
    ['import(…)', `export const x = () => import('../passes/pass.ts');`],
    ['the type of an import', `export type X = import('../passes/pass.ts').Pass;`],
    ['export *', `export * from '../passes/pass.ts';`],
    ['an import for its effect', `import '../passes/pass.ts';`],
  ])('given %s, then it is seen', (_, text) => {
    expect(saidAbout({ 'src/journey/chain.ts': text })).toContain('src/journey/chain.ts:1 opens src/passes/pass.ts behind the door of passes.');
  });

  it('given an import in a comment or a text, then it is none', () => {
    const text = `// import { x } from '../journey/index.ts';\nexport const pass = "import { x } from '../journey/index.ts'";\n`;
    expect(saidAbout({ 'src/passes/pass.ts': `import '../base/index.ts';\n${text}` })).toEqual([]);
  });

  it('given a service entrance, then the server and the tests across rooms open it and nobody else', () => {
    for (const file of ['store.ts', 'routes.ts']) {
      expect(opens('src/server/journeys/play.ts', `src/trips/${file}`)).toEqual([]);
      expect(opens('tests/server/rides.test.ts', `src/trips/${file}`)).toEqual([]);
      for (const from of ['src/journey/step.ts', 'src/drill/play.ts', 'src/main.ts', 'bench/intake.ts', 'src/journey/step.test.ts']) {
        expect(opens(from, `src/trips/${file}`), from).toEqual([`opens src/trips/${file}, a service entrance.`]);
      }
    }
  });

  it('given a loader, then what runs opens it, and tests, and nobody below', () => {
    for (const from of ['src/server/server.ts', 'src/drill/rehearsal.ts', 'src/main.ts', 'bench/decide.ts', 'src/journey/step.test.ts']) {
      expect(opens(from, 'src/city/load.ts'), from).toEqual([]);
    }
    expect(opens('src/journey/step.ts', 'src/city/load.ts')).toEqual(['opens src/city/load.ts behind the door of city.']);
    expect(opens('src/city/load.test.ts', 'src/city/load.ts')).toEqual([]);
    expect(opens('src/city/city.ts', 'src/city/load.ts')).toEqual(['opens load.ts from a pure file.']);
  });

  it('given a pure file and the store of its own room, then only the type of it is open', () => {
    expect(opens('src/trips/ride.ts', 'src/trips/store.ts')).toEqual(['opens store.ts from a pure file.']);
    expect(opens('src/trips/ride.ts', 'src/trips/store.ts', 'import type')).toEqual([]);
    expect(opens('src/trips/routes.ts', 'src/trips/store.ts')).toEqual([]);
  });

  it('given a screen, then types are open, vocabularies that are listed, and nothing else', () => {
    expect(opens('web/desks/list.tsx', 'src/journey/index.ts', 'import type')).toEqual([]);
    expect(opens('web/desks/list.tsx', 'src/triage/index.ts')).toEqual([]);
    expect(opens('web/desks/list.tsx', 'src/journey/index.ts')).toEqual(['takes more than types from src/journey/index.ts.']);
    expect(opens('web/desks/list.tsx', 'src/journey/view.ts', 'import type')).toEqual(['opens src/journey/view.ts behind the door of journey.']);
    expect(opens('web/desks/list.tsx', 'src/server/index.ts', 'import type')).toEqual(['opens server from a screen.']);
  });

  it('given the product needs its own tools, then that is said', () => {
    expect(opens('src/server/journeys/play.ts', 'tools/words.ts')).toEqual(['opens tools/words.ts, outside src/.']);
  });
});

describe('a pure file', () => {
  it.each([
    ['Date.now()', 'uses Date.now.'],
    ['[1].map(Math.random)', 'uses Math.random.'],
    [`Math['random']()`, 'uses Math.random.'],
    ['new Date()', 'asks for the time with new Date().'],
    ['Date()', 'asks for the time with new Date().'],
    ['crypto.randomUUID()', 'uses crypto.randomUUID.'],
    ['setTimeout(String, 1)', 'uses setTimeout in a pure file.'],
    [`fetch('')`, 'uses fetch in a pure file.'],
    ['process.env', 'uses process in a pure file.'],
    ['const { env } = process', 'uses process in a pure file.'],
    [`import { readFileSync } from 'node:fs'`, 'imports node:fs in a pure file.'],
    [`import pg from 'pg'`, 'imports pg in a pure file.'],
  ])('given %s, then it is said where', (text, found) => {
    expect(saidAboutPass(text)).toEqual([`src/passes/pass.ts:2 ${found}`]);
  });

  it.each([
    'new Date(0)', 'Date.UTC(2022, 10, 25)', 'Math.max(1, 2)', '// Date.now()', '/Date.now()/', '"Date.now()"', '`Date.now()`',
    'store.fetch()', 'const x = { fetch: 1 }', 'type X = { readonly process: string }', `import type { Readable } from 'node:stream'`, `import * as z from 'zod'`,
  ])('given %s, then it stays pure', (text) => {
    expect(saidAboutPass(text)).toEqual([]);
  });

  it('given Chinese text before it, then the line is still the right one', () => {
    expect(saidAboutPass('/* 请\n等候 */ Date.now()')).toEqual(['src/passes/pass.ts:3 uses Date.now.']);
  });

  it('given a store, routes, a loader or a test, then they may touch the world', () => {
    for (const name of ['store.ts', 'routes.ts', 'load.ts', 'pass.test.ts']) {
      const said = saidAbout({ [`src/passes/${name}`]: `import fs from 'node:fs';\nfs.statSync(String(Date.now()));\n` });
      expect(said.filter((one) => one.includes('uses') || one.includes('imports')), name).toEqual([]);
    }
  });

  it('given a rehearsal, then it may read files and print, but has neither clock nor dice', () => {
    const text = (body: string): Readonly<Record<string, string>> => ({ 'src/drill/cli.ts': `import 'node:fs';\nprocess.stdout.write('');\n${body}` });
    const said = (body: string): string[] => saidAbout(text(body)).filter((one) => one.includes('uses') || one.includes('imports'));
    expect(said('')).toEqual([]);
    expect(said('Math.random();')).toEqual(['src/drill/cli.ts:3 uses Math.random.']);
  });

  it('given the environment is read anywhere but in main.ts, then it is said', () => {
    expect(saidAbout({ 'src/server/port.ts': `export const port = process.env['PORT'];\n` })).toContain('src/server/port.ts:1 reads process.env.');
  });
});

describe('a room', () => {
  it('given it has no page or no door, then each is missed', () => {
    expect(saidAbout({ 'src/trips/store.ts': '' })).toEqual(expect.arrayContaining(['src/trips/README.md:1 is missing.', 'src/trips/index.ts:1 is missing.']));
  });

  it('given it stands on no floor, then that is said once', () => {
    const said = saidAbout({ 'src/cellar/index.ts': `import '../base/index.ts';\n`, 'src/passes/pass.ts': `import '../cellar/index.ts';\nexport const pass = String;\n` });
    expect(said.filter((one) => one.includes('cellar'))).toEqual(['src/cellar:1 stands on no floor.']);
  });

  it('given a folder whose name says nothing, then it is named, wherever it stands', () => {
    expect(saidAbout({ 'docs/common/a.md': '' })).toEqual(['docs/common:1 is a folder whose name says nothing.']);
  });

  it('given the map and the law differ, then the line of the map is named', () => {
    const map = (rooms: string): string[] => saidAbout({ 'ARCHITECTURE.md': `# Map\n\n| 1 | ${rooms} | facts |\n| 7 | \`main.ts\` | wires |\n` });
    expect(map('`city` `people` `triage`')).toEqual([]);
    expect(map('`city` `people`')).toEqual(['ARCHITECTURE.md:3 prints city people on floor 1; enforced is city people triage.']);
  });
});

describe('a file', () => {
  it('given nothing leads to it, then it is dead, and what only it opens as well', () => {
    expect(saidAbout({ 'src/base/old.ts': `import './older.ts';\n`, 'src/base/older.ts': '' })).toEqual([
      'src/base/old.ts:1 leads nowhere: nothing opens this file.',
      'src/base/older.ts:1 leads nowhere: nothing opens this file.',
    ]);
  });

  it('given only its test opens it, then it is as good as dead', () => {
    const said = saidAbout({ 'src/base/old.ts': '', 'src/base/old.test.ts': `import './old.ts';\n` });
    expect(said).toEqual(['src/base/old.ts:1 is opened by tests alone.']);
  });

  it('given a page, a style, a test or the settings lead to it, then it lives', () => {
    expect(saidAbout({
      'web/ask/index.html': '<link rel="icon" href="./icon.svg"><script type="module" src="./main.ts"></script>',
      'web/ask/main.ts': `import './ask.css';\n`,
      'web/ask/ask.css': `@import '../shared/plain.css';\n`,
      'web/ask/icon.svg': '',
      'web/shared/plain.css': '',
      'tests/ask.test.ts': `import './browser.ts';\n`,
      'tests/browser.ts': '',
      'vitest.config.ts': `export default { setupFiles: ['tests/before.ts'] };\n`,
      'tests/before.ts': '',
    })).toEqual([]);
  });

  it('given it is longer than a head can hold, then it is said how long', () => {
    expect(saidAbout({ 'src/base/index.ts': `export const HOUR_MS = 1;\n${'\n'.repeat(LINES_MAX - 1)}` })).toEqual([]);
    expect(saidAbout({ 'src/base/index.ts': `export const HOUR_MS = 1;\n${'\n'.repeat(LINES_MAX)}` })).toEqual([
      `src/base/index.ts:${LINES_MAX + 1} has ${LINES_MAX + 1} lines; at most ${LINES_MAX}.`,
    ]);
  });

  it.each([
    ['// TODO later', '"TODO" is a note to finish later.'],
    ['// @ts-ignore', '"@ts-ignore" turns the compiler off.'],
    ['see /home/someone/notes', '"/home/" names a folder of one machine.'],
    ['registry=https://packages.example', '"registry=" names a package registry.'],
    ['asked ChatGPT', '"ChatGPT" does not belong to the product.'],
  ])('given it says "%s", then the line is named', (text, found) => {
    expect(saidAbout({ 'docs/page.md': `# Page\n${text}\n` })).toEqual([`docs/page.md:2 ${found}`]);
  });

  it.each(['web/my/home/index', 'https://care.example/home/page', 'at home', 'XXXL', "'../journey/work.tsx'", '// @ts-expect-error: the library is wrong'])('given it says "%s", then nothing is said', (text) => {
    expect(saidAbout({ 'docs/page.md': text })).toEqual([]);
  });
});

describe('a test', () => {
  const test = (text: string): string[] => saidAbout({ 'src/passes/pass.test.ts': text });

  it('given two of one name in one describe, then the second is named', () => {
    expect(test(`describe('a', () => {\n  it('b', () => {});\n  it('b', () => {});\n});\n`)).toEqual(['src/passes/pass.test.ts:3 has the title of line 2: "b".']);
  });

  it('given two of one name under two headings, then they are two', () => {
    expect(test(`describe('a', () => { it('c', () => {}); });\ndescribe('b', () => { it('c', () => {}); });\n`)).toEqual([]);
  });

  it.each([`it.only('a', () => {});`, `describe.only('a', () => {});`, `it.only.each([1])('a', () => {});`])('given %s, then it is said', (text) => {
    expect(test(text)).toEqual(['src/passes/pass.test.ts:1 .only( leaves tests out.']);
  });

  it('given it is left out, then it is said; given a machine lacks what it needs, then not', () => {
    expect(test(`it.skip('a', () => {});`)).toEqual(['src/passes/pass.test.ts:1 .skip( leaves tests out.']);
    expect(test(`it.skipIf(!here)('a', () => {});`)).toEqual([]);
  });
});
