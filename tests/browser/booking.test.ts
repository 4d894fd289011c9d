import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { FreeSeatsView } from '../../src/appointments/index.ts';
import { intake, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const opened = openCity();
const PHONE = { width: 360, height: 740 };
const NAME = 'Test Person';
const DIGITS = '8888';
/** Long enough for a busy machine; nobody waits that long when it works. */
const PATIENCE_MS = 15_000;

const goOn = (page: Page): Promise<void> => page.locator('button[type=submit]').click();
const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

async function bookingPage(language = 'en'): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: language });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(opened.served.url);
  await page.locator('a[href="/book"]').click();
  await page.locator('#service').waitFor();
  return page;
}

/** From what for to the free hours of the day after tomorrow: leave and car are not arranged yet for that. */
async function toTheHours(page: Page, service = 'expert', each: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  await page.check(`input[value=${service}]`);
  await each(page);
  await goOn(page);
  await page.check('input[name=danger][value=none]');
  await goOn(page);
  await page.selectOption('#district', TOWN.slice(0, 6));
  await page.check(`input[name=town][value="${TOWN}"]`);
  await page.fill('#address', 'Building 3, door 1201');
  await goOn(page);
  await page.locator('#day-2').click();
  await page.locator('.hour').first().waitFor();
  await each(page);
}

async function sayWho(page: Page, phone: string): Promise<void> {
  await page.check('input[value=me]');
  await goOn(page);
  await page.fill('#name', NAME);
  await page.fill('#phone', phone);
}

async function sayTheRest(page: Page, each: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  await page.locator('#age').waitFor();
  await page.fill('#age', '44');
  for (;;) {
    await each(page);
    if (await page.locator('#send').count() > 0) return;
    await goOn(page);
    await page.waitForTimeout(50);
  }
}

async function book(page: Page, phone: string): Promise<void> {
  await toTheHours(page);
  await page.locator('.hour').first().click();
  await sayWho(page, phone);
  await goOn(page);
  await sayTheRest(page);
  await page.click('#send');
  await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor();
}

async function openMine(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open my appointment' }).click();
  await page.fill('#digits', DIGITS);
  await goOn(page);
  await page.getByRole('heading', { name: 'My appointment' }).waitFor();
}

describe('a resident books an hour', () => {
  it('given an expert clinic in two days, then one thumb is enough, the seat is kept while they type, and the end says when, where and how they get there', async () => {
    const page = await bookingPage();
    await toTheHours(page, 'expert', expectAccessible);
    const hour = await page.locator('.hour').first().getAttribute('aria-label');
    await page.locator('.hour').first().click();
    await sayWho(page, `1380001${DIGITS}`);
    await goOn(page);
    await page.locator('.held').waitFor();
    expect(await page.locator('.held').innerText()).toContain(hour);
    expect(await page.locator('.held').innerText()).toMatch(/Kept for you until \d\d:\d\d/);
    await sayTheRest(page, expectAccessible);
    await page.click('#send');
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor();
    const end = await page.locator('main').innerText();
    for (const part of hour!.split(', ')) expect(end).toContain(part);
    expect(end).toContain('You need not ask');
    await expectAccessible(page);
  }, SLOW_MS);

  it('given a reload in the middle, then nothing typed is lost, and neither the address nor the storage holds it', async () => {
    const page = await bookingPage();
    await toTheHours(page);
    await page.locator('.hour').first().click();
    await sayWho(page, `1380002${DIGITS}`);
    await goOn(page);
    await sayTheRest(page);
    await page.waitForFunction(`JSON.stringify(history.state).includes('${DIGITS}')`);
    await page.reload();
    await page.getByText(NAME).waitFor();
    await page.locator('.held').waitFor();
    const left = await page.evaluate('[location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie].join(" ")');
    expect(left).not.toContain('Test');
    expect(left).not.toContain(DIGITS);
  }, SLOW_MS);

  it('given a life in danger, then no hour is offered: they are told to call 120', async () => {
    const page = await bookingPage();
    await page.check('input[value=emergency]');
    await goOn(page);
    expect(await page.locator('.button-call').getAttribute('href')).toBe('tel:120');
    expect(await page.locator('button[type=submit]').count()).toBe(0);
    await expectAccessible(page);
    await page.goBack();
    await page.check('input[value=specialist]');
    await goOn(page);
    await page.check('input[value=chestPain]');
    await goOn(page);
    expect(await heading(page)).toBe('Do not book. Call 120.');
  }, SLOW_MS);

  it('given the seat goes while they type, then the page says so calmly, keeps every word, and the next best is one press away', async () => {
    const page = await bookingPage();
    await toTheHours(page, 'chemotherapy');
    const label = await page.locator('.hour').first().innerText();
    const hour = label.split('\n')[0]!;
    await page.locator('.hour').first().click();
    await sayWho(page, `1380003${DIGITS}`);
    const chosen = await page.evaluate<string>('history.state.choice.seat.slot');
    const [institution = '', , startsAt = ''] = chosen.split('/');
    const shown = (await (await fetch(`${opened.served.url}/api/appointments/free?${new URLSearchParams({ service: 'chemotherapy', institution, from: startsAt, to: String(Number(startsAt) + 1) })}`)).json()) as FreeSeatsView;
    const many = shown.seats.find(({ slot }) => slot === chosen)!.seatsLeft;
    await Promise.all(Array.from({ length: many }, async (_, index) => {
      const { status, body } = await opened.served.visitor().post('/api/appointments', { slot: chosen, care: intake({ need: 'chemotherapy', person: { name: `Quick ${index}`, phone: `1370000${1000 + index}` } }) });
      expect(status, JSON.stringify(body)).toBe(201);
    }));
    await goOn(page);
    await page.getByRole('heading', { name: 'Somebody has just taken that hour' }).waitFor();
    expect(await page.locator('#lost').innerText()).toContain(hour);
    await page.locator('#lost .instead button').first().waitFor();
    await expectAccessible(page);
    await page.locator('#lost .instead button').first().click();
    await sayTheRest(page);
    expect(await page.locator('.summary').innerText()).toContain(NAME);
    await page.click('#send');
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor();
  }, SLOW_MS);

  it('given another hour is chosen after one is kept, then it is theirs and not refused because of the first', async () => {
    const page = await bookingPage();
    await toTheHours(page);
    await page.locator('.hour').first().click();
    await sayWho(page, `1380004${DIGITS}`);
    await goOn(page);
    await sayTheRest(page);
    await page.getByRole('button', { name: 'Change Where and when' }).click();
    await page.locator('.hour').nth(3).waitFor();
    const other = await page.locator('.hour').nth(3).getAttribute('aria-label');
    await page.locator('.hour').nth(3).click();
    await page.locator('#send').waitFor();
    await page.click('#send');
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor();
    expect(await page.locator('.now').innerText()).toContain(other!.split(', ').at(-1)!);
  }, SLOW_MS);

  it('given Chinese, large print and night, then every page still fits', async () => {
    const page = await bookingPage('zh-CN');
    await page.click('#big');
    await page.click('#theme');
    await toTheHoursInChinese(page);
    await expectAccessible(page);
    // As far as a phone's own setting goes: twice the size.
    await page.click('#big');
    await page.evaluate('document.documentElement.style.fontSize = "200%"');
    await expectAccessible(page);
  }, SLOW_MS);
});

async function toTheHoursInChinese(page: Page): Promise<void> {
  await page.check('input[value=expert]');
  await expectAccessible(page);
  await goOn(page);
  await page.check('input[name=danger][value=none]');
  await goOn(page);
  await page.selectOption('#district', TOWN.slice(0, 6));
  await page.check(`input[name=town][value="${TOWN}"]`);
  await page.fill('#address', '3号楼1201');
  await goOn(page);
  await page.locator('#day-2').click();
  await page.locator('.hour').first().waitFor();
}

describe('a resident keeps their appointment in their hand', () => {
  it('given the link, then they move it, keep the old hour until the new one is theirs, and give it back with a reason', async () => {
    const page = await bookingPage();
    await book(page, `1380005${DIGITS}`);
    await openMine(page);
    expect(page.url()).not.toContain('#');
    const before = await page.locator('.now h2').innerText();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Choose another hour' }).click();
    await page.locator('#day-1').click();
    await page.locator('.hour').nth(1).waitFor();
    await expectAccessible(page);
    const wanted = await page.locator('.hour').nth(1).getAttribute('aria-label');
    await page.locator('.hour').nth(1).click();
    expect(await page.locator('main').innerText()).toContain(before);
    await page.getByRole('button', { name: 'Move it' }).click();
    await page.getByText('The appointment is moved.').waitFor();
    const after = await page.locator('.now h2').innerText();
    expect(after).not.toBe(before);
    expect(wanted).toContain(after);

    await page.getByRole('button', { name: 'Cancel the appointment' }).click();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.locator('#error-summary').waitFor();
    await page.check('input[value=cannot]');
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('The appointment is cancelled.').waitFor();
    expect(await page.locator('.now').innerText()).toContain('Cancelled');
    await expectAccessible(page);
  }, SLOW_MS);

  it('given it is opened again, then the session still shows it, and other digits never do', async () => {
    const page = await bookingPage();
    await book(page, `1380006${DIGITS}`);
    await page.getByRole('link', { name: 'Open my appointment' }).click();
    await page.fill('#digits', '0000');
    await goOn(page);
    await page.locator('.failed').waitFor();
    await page.fill('#digits', DIGITS);
    await goOn(page);
    await page.getByRole('heading', { name: 'My appointment' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Choose another hour' }).waitFor();
  }, SLOW_MS);

  it('given the request has begun, then the same link shows it, and the hour can still be changed while they are at home', async () => {
    const page = await bookingPage();
    await toTheHours(page, 'feverClinic', () => Promise.resolve());
    await page.locator('#day-0').click();
    // Late in the evening the next hour is tomorrow's.
    await page.locator('.hour, .instead .button').first().waitFor();
    await page.locator('.hour:visible, .instead .button:visible').last().click();
    await sayWho(page, `1380008${DIGITS}`);
    await goOn(page);
    await sayTheRest(page);
    await page.click('#send');
    await page.getByRole('link', { name: 'Open my appointment' }).click();
    await page.fill('#digits', DIGITS);
    await goOn(page);
    await page.getByRole('button', { name: 'Choose another hour' }).waitFor();
    // The request begins in a moment, and the page finds it when it is opened again.
    for (let tries = 0; await heading(page) !== 'My journey' && tries < 20; tries++) {
      await page.waitForTimeout(500);
      await page.reload();
      await page.getByRole('button', { name: 'Choose another hour' }).waitFor();
    }
    expect(await heading(page)).toBe('My journey');
    await page.getByRole('button', { name: 'Choose another hour' }).click();
    await page.locator('#day-1').click();
    await page.locator('.hour').nth(5).click();
    await page.getByRole('button', { name: 'Move it' }).click();
    await page.getByText('The appointment is moved.').waitFor();
    expect(await heading(page)).toBe('My journey');
  }, SLOW_MS);

  it('given nothing is free, then one press puts them on the waiting list, and a seat that is offered is taken in one more', async () => {
    const page = await bookingPage();
    await page.route('**/api/appointments/free?*', async (route) => {
      const { at } = (await (await route.fetch()).json()) as FreeSeatsView;
      await route.fulfill({ json: { at, seats: [], waitingList: true } });
    });
    await page.check('input[value=expert]');
    await goOn(page);
    await page.check('input[name=danger][value=none]');
    await goOn(page);
    await page.selectOption('#district', TOWN.slice(0, 6));
    await page.check(`input[name=town][value="${TOWN}"]`);
    await page.fill('#address', 'Building 3');
    await goOn(page);
    await page.getByRole('button', { name: 'Put me on the waiting list' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Put me on the waiting list' }).click();
    await sayWho(page, `1380007${DIGITS}`);
    await goOn(page);
    await sayTheRest(page);
    await page.click('#send');
    await page.getByRole('heading', { name: 'You are on the waiting list' }).waitFor();
    await page.getByRole('link', { name: 'Open my place on the list' }).click();
    await page.fill('#digits', DIGITS);
    await goOn(page);
    // The city is far from full: what is free is offered at once.
    await page.getByRole('heading', { name: 'A seat is free for you' }).waitFor();
    expect(await page.locator('.now').innerText()).toMatch(/Kept for you until \d\d:\d\d/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByRole('heading', { name: /^My (appointment|journey)$/ }).waitFor();
  }, SLOW_MS);
});
