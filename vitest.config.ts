import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * One project for each kind of test; `tools/test.ts` runs them one after the other and adds them up. The units are pure and
 * share a process: loading every module again for each file took a tenth of their time.
 */
const project = (name: string, include: string[], timeoutSeconds: number, more: { globalSetup?: string[]; isolate?: boolean } = {}) => ({
  test: { name, include, ...more, testTimeout: timeoutSeconds * 1_000, hookTimeout: 120_000, exclude: ['**/node_modules/**'] },
});

export default defineConfig({
  test: {
    // A test that runs nothing proves nothing.
    passWithNoTests: false,
    // Left to itself the runner keeps one core free, and on a machine with two (as CI has) it would test one file at a time.
    maxWorkers: availableParallelism(),
    projects: [
      project('unit', ['src/**/*.test.ts', 'tools/**/*.test.ts', 'web/**/*.test.ts', 'tests/*.test.ts'], 30, { isolate: false }),
      project('server', ['tests/server/**/*.test.ts'], 120),
      project('launch', ['tests/launch/**/*.test.ts'], 120),
      project('browser', ['tests/browser/**/*.test.ts'], 120, { globalSetup: ['tests/browser.setup.ts'] }),
    ],
  },
});
