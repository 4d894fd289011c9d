import { basename } from 'node:path';
import type { Complaint } from './complaint.ts';
import { LOADER, PURE_PACKAGES, READS_ENVIRONMENT, REHEARSED_ROOMS, SERVICE_ENTRANCES } from './law.ts';
import { isRunning, roomOf, walk, type Node, type Source } from './source.ts';

/** Members of which the answer depends on when or how lucky. */
const CLOCK_AND_CHANCE = ['Date.now', 'performance.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'];
/** Names that reach out of the program. */
const WORLD = ['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'console'];

const CLOCK = {
  why: 'The answer would differ between the service, a rehearsal and the day somebody asks why it was given.',
  todo: 'Take the instant, or a Chance of base/, as an argument; server/ and drill/ each bring their own.',
};
const TOUCH = {
  why: 'What decides about a person is only provable, replayable and usable on every floor above while it touches nothing.',
  todo: 'Take what it needs as an argument, or move this into store.ts, routes.ts or load.ts.',
};
const ENVIRONMENT = {
  why: 'A setting that is read in two places is checked in one of them at best.',
  todo: 'Read it in src/main.ts and pass it in.',
};

/** No clock, no dice, no disk and no network below the floor that runs; the environment is read in one place. */
export function checkPurity({ path, imports, program, isTest, lineAt }: Source): Complaint[] {
  const room = roomOf(path);
  if (room === undefined || isTest) return [];
  const pure = !isRunning(room) && ![...SERVICE_ENTRANCES, LOADER].includes(basename(path));
  const rehearsed = pure || REHEARSED_ROOMS.includes(room);
  const complaints: Complaint[] = [];
  const complain = (line: number, found: string, reason: { readonly why: string; readonly todo: string }): void => {
    complaints.push({ file: path, line, found, ...reason });
  };

  for (const { from, path: target, line, typeOnly } of imports) {
    if (!pure || target !== undefined || typeOnly || PURE_PACKAGES.includes(from)) continue;
    complain(line, `imports ${from} in a pure file.`, from.startsWith('node:') ? TOUCH : {
      ...TOUCH, todo: `${TOUCH.todo} If ${from} only computes, add it to PURE_PACKAGES in tools/tidy/law.ts.`,
    });
  }
  walk(program, (node, parent, key) => {
    const used = memberName(node);
    if (rehearsed && used !== undefined && CLOCK_AND_CHANCE.includes(used)) complain(lineAt(node.start), `uses ${used}.`, CLOCK);
    else if (rehearsed && isNow(node)) complain(lineAt(node.start), 'asks for the time with new Date().', CLOCK);
    else if (pure && isName(node, parent, key) && WORLD.includes(node['name'] as string)) {
      complain(lineAt(node.start), `uses ${String(node['name'])} in a pure file.`, TOUCH);
    } else if (!pure && used === 'process.env' && !READS_ENVIRONMENT.includes(path)) {
      complain(lineAt(node.start), 'reads process.env.', ENVIRONMENT);
    }
  });
  return complaints;
}

/** `Math.random` for `Math.random`, `Math?.random` and `Math['random']`. */
function memberName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const [object, property] = [node['object'], node['property']] as [Node, Node];
  if (object.type !== 'Identifier') return undefined;
  return `${String(object['name'])}.${String(node['computed'] ? property['value'] : property['name'])}`;
}

/** `new Date()` and `Date()`; `new Date(instant)` asks nobody. */
function isNow(node: Node): boolean {
  const callee = node['callee'] as Node | undefined;
  const named = callee?.type === 'Identifier' && callee['name'] === 'Date';
  return named && (node.type === 'CallExpression' || (node.type === 'NewExpression' && (node['arguments'] as Node[]).length === 0));
}

/** A name that stands for a value: not the `fetch` of `store.fetch` or of `{ fetch: 1 }`. */
function isName(node: Node, parent: Node | undefined, key: string): boolean {
  if (node.type !== 'Identifier') return false;
  return parent === undefined || parent['computed'] === true || !(key === 'property' || key === 'key');
}
