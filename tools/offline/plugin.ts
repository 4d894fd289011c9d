import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** As far as it is read here, a built file and what it needs. */
interface Built {
  readonly type: 'chunk' | 'asset';
  readonly fileName: string;
  readonly facadeModuleId?: string | null;
  readonly isEntry?: boolean;
  readonly name?: string;
  readonly imports?: readonly string[];
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string>; readonly importedAssets: ReadonlySet<string> };
  code?: string;
}

export const WORKER = 'offlineWorker';
/** Loaded later by the pages that open without a network, all of which has to be there: both languages, and the screens themselves. */
const LATER = [/screens\/(drive|checkpoint)\/index\.tsx$/, /words\/(en|zh-CN)\/(shared|desks)\.md$/, /src\/triage\/findings\.ts$/];

/** Writes into the worker which files it keeps, by the names they have got in this build. */
export function offline(): Plugin {
  return {
    name: 'greenlane-offline',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const built = Object.values(bundle) as unknown as Built[];
      const worker = built.find(({ type, name, isEntry }) => type === 'chunk' && isEntry && name === WORKER);
      const files = worker && filesOf(built);
      if (!worker?.code || !files) throw new Error('the worker was not built');
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      const parts = worker.code.split('OFFLINE_FILES');
      worker.code = `var OFFLINE_FILES=${JSON.stringify({ version, files: files.map((file) => `/${file}`) })};${parts.join('OFFLINE_FILES')}`;
    },
  };
}

function filesOf(built: readonly Built[]): readonly string[] {
  const byName = new Map(built.map((file) => [file.fileName, file]));
  const found = new Set<string>();
  const add = (name: string): void => {
    const file = byName.get(name);
    if (!file || found.has(name)) return;
    found.add(name);
    for (const needed of [...file.imports ?? [], ...file.viteMetadata?.importedCss ?? [], ...file.viteMetadata?.importedAssets ?? []]) add(needed);
  };
  for (const { type, fileName, name, isEntry, facadeModuleId } of built) {
    const module = facadeModuleId ?? '';
    if (type === 'chunk' && ((isEntry && name === 'desks') || LATER.some((wanted) => wanted.test(module)))) add(fileName);
  }
  return [...found].sort();
}
