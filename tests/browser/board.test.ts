import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, intake, submit, type Visitor } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { row } from './people.ts';

const POST = 'dispatcher@city#A';

const opened = openCity();
/** The only two units that are in service: what goes to whom is then no matter of distance. */
let first: string;
let second: string;


async function setService(dispatcher: Visitor, unit: string, body: object): Promise<void> {
  const { status } = await dispatcher.post(`/api/units/${unit}/service`, body);
  expect(status, unit).toBe(200);
}

let phones = 0;
const caller = (name: string, finding: string): Record<string, unknown> =>
  intake({ person: { name, phone: `1370000${1000 + phones++}` }, need: 'emergency', ageYears: 61, findings: [finding] });

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
    const dispatcher = await opened.served.as(POST);
    const { body: { units } } = await dispatcher.get('/api/units');
    [first, second] = [units[0].id, units[1].id];
    for (const { id } of units.slice(1)) await setService(dispatcher, id, { state: 'outOfService', reason: 'for this test' });

    const lesser = await submit(opened.served, caller('Lesser case', 'chestPain'));
    const board = await opened.people.at('board', POST);
    await row(board, 'Lesser case').getByText(first).first().waitFor();
    await goTo(board, 'Lesser case');
    await board.locator('.decision').getByText(first).first().waitFor();
    await board.keyboard.press('s');
    const running = board.getByRole('region', { name: 'On the way' });
    await running.locator('.row', { hasText: 'Lesser case' }).waitFor();

    await submit(opened.served, caller('Worse case', 'majorBleeding'));
    await board.keyboard.press('n');
    await row(board, 'Worse case').getByText(`on its way to Lesser case`).first().waitFor();
    await goTo(board, 'Worse case');
    await board.locator('.what-happens').getByText('Lesser case waits again').waitFor();
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
    const dispatcher = await opened.served.as(POST);
    const board = await opened.people.at('board', POST);
    await row(board, 'Lesser case').first().waitFor();
    await board.keyboard.press('a');
    const dialog = board.getByRole('dialog');
    await dialog.getByText('The board then sends every recommended unit').waitFor();
    await board.keyboard.press('Enter');
    await dialog.getByText('This is needed').waitFor();
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
    await done.getByText('Sent by the board itself').waitFor();
    const mode = await eventually(async () => {
      const { body } = await dispatcher.get('/api/board');
      return body.mode.mode === 'recommended' ? body.mode : undefined;
    });
    expect(mode.by).toBeTruthy();
  }, SLOW_MS);

  it('given two calls from one door, when a dispatcher says which are the same and which are not, then one story goes on and the other hint is gone', async () => {
    const door = { town: '410102001', address: '林山寨路26号3号楼501', point: { lon: 113.6151, lat: 34.7475 } };
    const ring = async (name: string): Promise<string> => (await submit(opened.served, { ...caller(name, 'chestPain'), ...door })).id;
    const [grandfather, daughter, above] = [await ring('Grandfather'), await ring('His daughter'), await ring('The flat above')];
    const board = await opened.people.at('board', POST);
    await board.keyboard.press('n');
    await row(board, 'The flat above').first().getByText('perhaps the same as').first().waitFor();
    await board.locator(`[data-call="${above}"]`).click();
    const panel = board.locator('.panel');
    await panel.getByRole('heading', { name: 'The flat above' }).waitFor();
    const pair = board.locator('.same-call', { hasText: 'Grandfather' });
    await pair.getByRole('button', { name: 'Not the same' }).click();
    await pair.waitFor({ state: 'detached' });
    await board.locator('.same-call', { hasText: 'His daughter' }).getByRole('button', { name: 'Not the same' }).click();
    await expect.poll(() => board.locator('.same-call').count()).toBe(0);

    await board.locator(`[data-call="${daughter}"]`).click();
    await panel.getByRole('heading', { name: 'His daughter' }).waitFor();
    await board.locator('.same-call', { hasText: 'Grandfather' }).getByRole('button', { name: 'It is the same call' }).click();
    await board.getByRole('dialog').getByText('The call of His daughter').waitFor();
    await expectAccessible(board);
    await board.getByRole('dialog').getByRole('button', { name: 'It is the same call' }).click();
    const dispatcher = await opened.served.as(POST);
    const closed = await eventually(async () => {
      const { body: { journey } } = await dispatcher.get(`/api/journeys/${daughter}`);
      return journey.closed ? journey : undefined;
    });
    expect(closed.closed.outcome).toBe('joined');
    const { body: { journey: goesOn } } = await dispatcher.get(`/api/journeys/${grandfather}`);
    expect(goesOn.closed).toBeUndefined();
  }, SLOW_MS);

  it('given a caller names a compound and a house, then its place and its gate stand in the request, and the crew is sent to the door', async () => {
    const board = await opened.people.at('board', POST);
    await board.locator('.board-bar').waitFor();
    await board.keyboard.press('c');
    const form = board.locator('.new-request');
    await form.getByLabel('Find the address, compound or institution').fill('林山寨家园3号楼501');
    await form.locator('.found').getByText('Linshanzhai Homes').waitFor();
    await form.getByLabel('Find the address, compound or institution').press('Enter');
    await form.getByText('Place on the map: Linshanzhai Homes').waitFor();
    await form.getByText('0371-55520001').waitFor();
    await expectAccessible(board);
    await form.getByLabel('Phone number to call back').fill('13800009999');
    await form.getByRole('combobox', { name: 'Kind of care' }).fill('Emerg');
    await board.getByRole('option', { name: 'Emergency' }).click();
    await form.getByLabel('Name', { exact: true }).fill('Behind the gate');
    await form.getByRole('button', { name: 'Send the request' }).click();
    await board.locator('.panel').getByRole('heading', { name: 'Behind the gate' }).waitFor();
    await board.locator('.panel').getByText('林山寨家园3号楼501').waitFor();
    const { body: { journeys } } = await (await opened.served.as(POST)).get('/api/journeys?state=open&limit=200');
    expect(journeys.find(({ person }: { person: { name: string } }) => person.name === 'Behind the gate').point).toEqual({ lon: 113.6151, lat: 34.7475 });
  }, SLOW_MS);
});
