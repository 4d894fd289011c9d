import { defineConfig } from 'vitest/config';

/** One project for each kind of test; `tools/test.ts` runs them one after the other and adds them up. */
const project = (name: string, include: string[], timeoutSeconds: number, globalSetup: string[] = []) => ({
  test: { name, include, globalSetup, testTimeout: timeoutSeconds * 1_000, hookTimeout: 120_000, exclude: ['**/node_modules/**'] },
});

export default defineConfig({
  test: {
    // A test that runs nothing proves nothing.
    passWithNoTests: false,
    projects: [
      project('unit', ['src/**/*.test.ts', 'tools/**/*.test.ts', 'web/**/*.test.ts', 'tests/*.test.ts'], 30),
      project('server', ['tests/server/**/*.test.ts'], 120),
      project('launch', ['tests/launch/**/*.test.ts'], 120),
      project('browser', ['tests/browser/**/*.test.ts'], 120, ['tests/browser.setup.ts']),
    ],
  },
});
