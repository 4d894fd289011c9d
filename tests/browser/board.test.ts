import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { eventually, intake, startCity, submit, type RunningCity, type Visitor } from '../running-city.ts';
import { People, row } from './people.ts';

const SLOW_MS = 120_000;
const POST = 'dispatcher@city#A';

let served: RunningCity;
let browser: Browser;
let people: People;
/** The only two units that are in service: what goes to whom is then no matter of distance. */
let first: string;
let second: string;

beforeAll(async () => {
  [served, browser] = await Promise.all([startCity(), launchBrowser()]);
  people = new People(browser, served);
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});
afterEach(() => people.goHome());

async function setService(dispatcher: Visitor, unit: string, body: object): Promise<void> {
  const { status } = await dispatcher.post(`/api/units/${unit}/service`, body);
  expect(status, unit).toBe(200);
}

const caller = (name: string, finding: string): Record<string, unknown> =>
  intake({ person: { name, phone: '13700005678' }, need: 'emergency', ageYears: 61, findings: [finding] });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Down to the row of this person with the keyboard alone. */
async function goTo(board: Page, name: string): Promise<void> {
  const heading = board.locator('.panel').getByRole('heading', { name });
  for (let rows = 0; rows < 10 && !(await heading.isVisible()); rows++) {
    await board.keyboard.press(rows === 0 ? 'k' : 'j');
    await board.locator('.panel h2').waitFor();
    await board.waitForTimeout(100);
  }
  await heading.waitFor();
}

describe('the 120 board', () => {
  it('given a unit on its way to a lesser case, when a worse call comes, then one key turns it round, and the first patient has an owner and knows', async () => {
    const dispatcher = await served.as(POST);
    const { body: { units } } = await dispatcher.get('/api/units');
    [first, second] = [units[0].id, units[1].id];
    for (const { id } of units.slice(1)) await setService(dispatcher, id, { state: 'outOfService', reason: 'for this test' });

    const lesser = await submit(served, caller('Lesser case', 'chestPain'));
    const board = await people.at('board', POST);
    await row(board, 'Lesser case').getByText(first).first().waitFor();
    await goTo(board, 'Lesser case');
    await board.locator('.decision').getByText(first).first().waitFor();
    await board.keyboard.press('s');
    const running = board.getByRole('region', { name: 'On the way' });
    await running.locator('.row', { hasText: 'Lesser case' }).waitFor();

    await submit(served, caller('Worse case', 'majorBleeding'));
    await board.keyboard.press('n');
    await row(board, 'Worse case').getByText(`on its way to Lesser case`).first().waitFor();
    await goTo(board, 'Worse case');
    await board.locator('.what-happens').getByText('Lesser case waits again').waitFor();
    await expectAccessible(board);
    // What has just changed is not sent: the key counts once it could be read.
    await board.waitForTimeout(600);
    await board.keyboard.press('s');

    const after = board.locator('.after');
    await after.getByText(`${first} now goes to Worse case`).waitFor();
    await after.getByText('Lesser case waits again').waitFor();
    await board.keyboard.press('n');
    await running.locator('.row', { hasText: 'Worse case' }).getByText(first).waitFor();
    const { body: { journey } } = await dispatcher.get(`/api/journeys/${lesser.id}`);
    expect(journey.step).toMatchObject({ kind: 'sendUnit', owner: { role: 'dispatcher' } });
    expect(journey.mission).toMatchObject({ unitsLost: 1 });
    await expectAccessible(board);
  }, SLOW_MS);

  it('given the dispatcher switches to automatic, then the board sends what comes free, says why, and gives it back with one press', async () => {
    const dispatcher = await served.as(POST);
    const board = await people.at('board', POST);
    await row(board, 'Lesser case').first().waitFor();
    await board.keyboard.press('a');
    const dialog = board.getByRole('dialog');
    await dialog.getByText('The board then sends every recommended unit').waitFor();
    await board.keyboard.press('Enter');
    await dialog.getByText('This is needed').waitFor();
    await expectAccessible(board);
    await dialog.getByLabel('Why now').fill('Twelve times the usual calls');
    await board.keyboard.press('Enter');
    const bar = board.locator('.board-bar');
    await bar.getByText('AUTOMATIC').waitFor();
    await bar.getByText('Twelve times the usual calls').waitFor();

    await setService(dispatcher, second, { state: 'inService' });
    const done = board.locator('.done-list');
    await done.locator('li', { hasText: 'Lesser case' }).getByText(second).waitFor();
    await done.getByText('the nearest').first().waitFor();
    await expectAccessible(board);
    await board.locator('main').focus();
    await board.keyboard.press('a');
    await bar.getByText('A dispatcher sends each unit.').waitFor();
    const mode = await eventually(async () => {
      const { body } = await dispatcher.get('/api/board');
      return body.mode.mode === 'recommended' ? body.mode : undefined;
    });
    expect(mode.by).toBeTruthy();
  }, SLOW_MS);
});
