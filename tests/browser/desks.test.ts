import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { confirmClosings, startCity, type RunningCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { fetchAndBring } from './people.ts';

const SLOW_MS = 120_000;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const TOWN = '410102001';

let served: RunningCity;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [served, browser] = await Promise.all([startCity(), launchBrowser()]);
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

/** Somebody at a post of their own: two people never share a browser. */
async function onDuty(post: string, screen: string, viewport = DESK): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'en' });
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${served.url}/demo`);
  await page.getByText('Choose a post').waitFor();
  const answer = await page.evaluate(async (id) => {
    const response = await fetch('/api/demo/sign-in', {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ id }),
    });
    return response.status;
  }, post);
  expect(answer, `signed in as ${post}`).toBe(200);
  await page.goto(`${served.url}/${screen}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

interface Asked {
  readonly id: string;
  readonly institution?: { readonly code: string };
}

let people = 0;
/** A request that has come in; each person has a name of their own, so that rows are told apart. */
async function asked(body: object): Promise<{ name: string; journey: Asked }> {
  const name = `Test Person ${++people}`;
  const response = await fetch(`${served.url}/api/requests`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ person: { name, phone: `1380000${1000 + people}` }, town: TOWN, address: 'Building 3', ...body }),
  });
  expect(response.status).toBe(201);
  return { name, journey: ((await response.json()) as { journey: Asked }).journey };
}

const row = (page: Page, name: string) => page.locator('.row:not(.gone)', { hasText: name });

describe('the desks', () => {
  it('given a child with fever, when committee, driver and ward each press their button, then the child is treated and home', async () => {
    const { name, journey } = await asked({ need: 'fever', ageYears: 2, groups: ['child'], findings: ['fever'], patientKind: 'highRiskArea' });
    const desk = await onDuty(`committee@town:${TOWN}`, 'desk');
    await row(desk, name).getByRole('button', { name: `Let them out: ${name}` }).click();
    await row(desk, name).getByText('Assign a car').waitFor();
    await row(desk, name).locator('.row-open').click();
    const car = await desk.locator('.candidate .code').first().innerText();
    await desk.keyboard.press('a');
    await desk.locator('.panel-now').getByText('Pick up').waitFor();
    await desk.locator('.gantt').getByRole('button', { name: new RegExp(`^${name} to care`) }).waitFor();

    const driver = await onDuty(`driver@car:${car}`, 'drive', PHONE);
    await fetchAndBring(driver, name, 'Handed over to the hospital’s desk');
    await driver.getByText(/^Done: /).waitFor();

    const ward = await onDuty(`ward@institution:${journey.institution?.code}`, 'ward');
    await row(ward, name).getByRole('button', { name: `Receive: ${name}` }).click();
    await row(ward, name).getByText('Treatment').waitFor();
    await row(ward, name).locator('.row-open').click();
    await ward.keyboard.press('r');
    await ward.getByRole('dialog').getByRole('button', { name: 'Treatment finished' }).click();

    // Out and back were planned together.
    await desk.locator('.panel-now').getByText('Pick up at the hospital').waitFor();
    const back = await desk.locator('.facts > div', { hasText: 'Special car' }).locator('.code').innerText();
    await fetchAndBring(back === car ? driver : await onDuty(`driver@car:${back}`, 'drive', PHONE), name, 'Handed over at home');

    await desk.locator('.panel-now').getByText('Confirm home and well').waitFor();
    await desk.keyboard.press('a');
    await desk.locator('.panel-now').getByText('Home after care').waitFor();
  }, SLOW_MS);

  it('given chest pain, when the dispatcher presses one key, then the unit is sent and the ward sees who comes without reloading', async () => {
    const { name, journey } = await asked({ need: 'emergency', ageYears: 58, findings: ['chestPain'], patientKind: 'highRiskArea' });
    const ward = await onDuty(`ward@institution:${journey.institution?.code}`, 'ward');
    await row(ward, name).getByText('Buffer zone').waitFor();
    const board = await onDuty('dispatcher@city#A', 'board');
    await row(board, name).locator('.row-open').click();
    const unit = await board.locator('.candidate .code').first().innerText();
    await board.keyboard.press('s');
    await board.locator('section', { hasText: 'On the way' }).locator('.row', { hasText: name }).waitFor();
    await row(ward, name).getByText(unit).waitFor();

    const crew = await onDuty(`crew@unit:${unit}`, 'drive', PHONE);
    for (const step of ['Accept the mission', 'On the way', 'At the gate', 'Gate opened', 'With the patient', 'Patient aboard', 'At the hospital']) {
      await crew.getByRole('button', { name: step, exact: true }).click();
    }
    await row(ward, name).getByRole('button', { name: `Receive: ${name}` }).click();
    await row(ward, name).getByText('Treatment').waitFor();
  }, SLOW_MS);

  it('given the ward closes its dialysis and names who stands in, then its patient is expected elsewhere and the closure shows', async () => {
    const own = 'ZZ-H-001';
    const { name, journey } = await asked({ need: 'haemodialysis', ageYears: 66, patientKind: 'isolationPoint', ownInstitution: own });
    expect(journey.institution?.code).toBe(own);
    const ward = await onDuty(`ward@institution:${own}`, 'ward');
    await row(ward, name).waitFor();
    const service = ward.locator('.service', { hasText: 'Haemodialysis' });
    await service.getByRole('button', { name: 'Change' }).click();
    await service.getByText('Everybody on the way to this service').waitFor();
    // Over their hour: whoever comes after it is open again keeps theirs.
    await service.getByLabel('Hours until it opens again').fill('47');
    await service.getByLabel('Who takes our patients meanwhile').selectOption({ index: 1 });
    await service.getByRole('button', { name: 'Publish' }).click();
    await service.getByText('Closing asked for').first().waitFor();
    await confirmClosings(served.url);
    await service.getByText('Haemodialysis Closed').waitFor();
    await row(ward, name).waitFor({ state: 'detached' });
  }, SLOW_MS);

  it('given somebody without a phone, when the committee writes the request, then it is received once and open on the desk', async () => {
    const desk = await onDuty(`committee@town:${TOWN}`, 'desk');
    await desk.getByRole('button', { name: 'New request' }).click();
    const form = desk.locator('.new-request');
    await form.getByRole('button', { name: 'Send the request' }).click();
    await form.getByText('Still needed').waitFor();
    await expectAccessible(desk);
    await form.getByLabel('Phone number to call back').fill('13800009999');
    await form.getByRole('combobox', { name: 'Subdistrict or town' }).fill('Linshanzhai');
    await desk.getByRole('option', { name: 'Linshanzhai Subdistrict' }).click();
    await form.getByLabel(/^Address/).fill('Building 9');
    await form.getByRole('combobox', { name: 'Kind of care' }).fill('General');
    await desk.getByRole('option', { name: 'General clinic' }).click();
    await form.getByLabel('Name', { exact: true }).fill('Neighbour without a phone');
    await form.getByRole('button', { name: 'Send the request' }).click();
    await desk.locator('.panel').getByRole('heading', { name: 'Neighbour without a phone' }).waitFor();
    expect(await row(desk, 'Neighbour without a phone').count()).toBe(1);
  }, SLOW_MS);

  it.each([
    ['committee@town:410102001', 'board', '120 board'], ['gate@institution:ZZ-H-001', 'office', 'Command centre'],
  ])('given %s, when they open /%s, then they learn whose screen it is and where theirs is', async (post, screen, title) => {
    const page = await onDuty(post, screen);
    await page.getByText('This screen belongs to another post').waitFor();
    await page.getByRole('link', { name: /^Go to/ }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
    await expectAccessible(page);
  }, SLOW_MS);

  it('given nobody is signed in, then a desk shows nobody and offers the posts of the exercise', async () => {
    const context = await browser.newContext({ viewport: DESK, locale: 'en' });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`${served.url}/desk`);
    await page.getByText('You are not signed in').waitFor();
    expect(await page.locator('.row').count()).toBe(0);
    await page.getByRole('link', { name: /^Choose a post/ }).click();
    await page.getByRole('button', { name: /Linshanzhai Subdistrict Community staff/ }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Community desk' }).waitFor();
    await page.getByText('Exercise – demo sign-in').waitFor();
  }, SLOW_MS);

  it('given the line breaks, then the desk says since when and what still works, and recovers by itself', async () => {
    const desk = await onDuty(`committee@town:${TOWN}`, 'desk');
    let broken = true;
    await desk.route('**/api/stream', (route) => (broken ? route.abort() : route.continue()));
    await desk.reload();
    await desk.getByText('Waiting for us').first().waitFor();
    await desk.getByRole('alert').getByText('No connection since').waitFor({ timeout: 30_000 });
    broken = false;
    await desk.getByRole('alert').getByText('No connection since').waitFor({ state: 'detached', timeout: 30_000 });
  }, SLOW_MS);

  const SCREENS: readonly (readonly [post: string, screen: string, width: 'wide' | 'narrow'])[] = [
    ['committee@town:410102001', 'desk', 'wide'], ['dispatcher@city#A', 'board', 'wide'], ['ward@institution:ZZ-H-001', 'ward', 'wide'],
    ['hotline@city', 'hotline', 'wide'], ['cloudDoctor@institution:ZZ-H-001', 'cloud', 'wide'], ['familyDoctor@town:410102001', 'family', 'wide'],
    ['city@city', 'office', 'wide'], ['gate@institution:ZZ-H-001', 'gate', 'narrow'], ['checkpoint@checkpoint:410102', 'checkpoint', 'narrow'],
    ['expert@institution:ZZ-H-001', 'expert', 'narrow'], ['driver@car:ZZ-V-001', 'drive', 'narrow'], ['committee@town:410102001', 'desk', 'narrow'],
  ];
  it.each(SCREENS)('given %s, then /%s on a %s screen is readable by everybody, by day and by night, in both languages', async (post, screen, width) => {
    const page = await onDuty(post, screen, width === 'wide' ? DESK : PHONE);
    await page.locator('main :is(h2, label, button)').first().waitFor();
    await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: 'English' }).waitFor();
    await expectAccessible(page);
  }, SLOW_MS);
});
