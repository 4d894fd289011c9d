import { posix } from 'node:path';
import { parseSync } from 'vite';
import { RUNNING_FLOOR, FLOORS } from './law.ts';

/** A node of the syntax tree (ESTree with TypeScript), as far as the rules look at it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Import {
  /** As written: `../base/index.ts`, `node:fs`. */
  readonly from: string;
  /** Path from the root, for a relative one. */
  readonly path: string | undefined;
  readonly line: number;
  /** Gone before anything runs. `import { type A }` is not: the file is still loaded. */
  readonly typeOnly: boolean;
}

/** One file of code, read once for all rules. */
export interface Source {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly program: Node;
  readonly isTest: boolean;
  lineAt(offset: number): number;
}

const isCode = (path: string): boolean => /\.(?:ts|tsx|js)$/.test(path);

/** @returns the source, or `undefined` for what is not code. What cannot be parsed is the compiler's complaint, not ours. */
export function readSource(path: string, text: string): Source | undefined {
  if (!isCode(path)) return undefined;
  const { program, module } = parseSync(path, text);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  const add = (from: string, start: number, typeOnly: boolean): void => {
    imports.push({ from, path: from.startsWith('.') ? resolve(path, from) : undefined, line: lineAt(start), typeOnly });
  };
  const isType = (start: number): boolean => /^(?:import|export)\s+type\b/.test(text.slice(start, start + 20));
  for (const { moduleRequest, start } of module.staticImports) add(moduleRequest.value, start, isType(start));
  for (const { entries, start } of module.staticExports) {
    const from = entries[0]?.moduleRequest?.value;
    if (from !== undefined) add(from, start, isType(start));
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    if (/^(['"`])[^$]*\1$/.test(written)) add(written.slice(1, -1), start, false);
  }
  walk(program as unknown as Node, (node) => {
    const source = node.type === 'TSImportType' ? (node['source'] as { readonly value?: unknown } | undefined)?.value : undefined;
    if (typeof source === 'string') add(source, node.start, true);
  });
  return { path, imports, program: program as unknown as Node, isTest: /\.test\.tsx?$/.test(path), lineAt };
}

/** Where a relative path leads, from the root. A question mark asks the bundler for something (`?url`) and is no part of the name. */
export function resolve(from: string, relative: string): string {
  return posix.join(posix.dirname(from), relative.split('?')[0]!);
}

/** Visits every node, parents first; `key` is the name under which the parent holds it. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined, key: string) => void, parent?: Node, key = ''): void {
  visit(node, parent, key);
  for (const [name, held] of Object.entries(node)) {
    for (const child of Array.isArray(held) ? held : [held]) if (isNode(child)) walk(child, visit, node, name);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** `src/trips/ride.ts` is in `trips`, `src/main.ts` in `main.ts`; `undefined` outside `src/`. A test belongs to what it tests. */
export function roomOf(path: string): string | undefined {
  return path.startsWith('src/') ? path.split('/')[1]!.replace('.test.ts', '.ts') : undefined;
}

/** @returns the floor from 0, or -1 for a room on no floor. */
export function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

/** Whether a room runs things, rather than only deciding about them. */
export function isRunning(room: string): boolean {
  return floorOf(room) >= RUNNING_FLOOR;
}
