import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What stands on the screen now, as axe sees it; and nothing that has to be pushed sideways to be read. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'), 'nothing is wider than the screen').toBeLessThanOrEqual(0);
}
