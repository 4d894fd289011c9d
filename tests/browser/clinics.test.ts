import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { AppointmentView, FreeSeatsView } from '../../src/appointments/index.ts';
import { eventually, intake, playToTheEnd } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const opened = openCity();
const HOUSE = 'ZZ-H-001';
const DAY_MS = 86_400_000;
const CITY_OFFSET_MS = 8 * 3_600_000;
let people = 0;

type Booked = AppointmentView & { readonly token: string };

/** Midnight of the city, so many days from the exercise's today. */
async function midnight(add: number): Promise<number> {
  const { at } = (await (await fetch(`${opened.served.url}/api/city`)).json()) as { at: number };
  return Math.floor((at + CITY_OFFSET_MS) / DAY_MS + add) * DAY_MS - CITY_OFFSET_MS;
}

/** Books so many people into the first free hour of that day at our house. */
async function bookAt(add: number, many: number, need = 'specialist'): Promise<readonly Booked[]> {
  const from = await midnight(add);
  const { seats: [seat] } = (await opened.served.visitor().get(`/api/appointments/free?${new URLSearchParams({ service: need, institution: HOUSE, from: String(from), to: String(from + DAY_MS) })}`)).body as FreeSeatsView;
  return Promise.all(Array.from({ length: many }, async () => {
    people++;
    const { status, body } = await opened.served.visitor().post('/api/appointments', { slot: seat!.slot, care: intake({ need, person: { name: `Booked ${people}`, phone: `138${10_000_000 + people}` } }) });
    expect(status, JSON.stringify(body)).toBe(201);
    return body as Booked;
  }));
}

async function clinics(): Promise<Page> {
  const ward = await opened.people.at('ward', `ward@institution:${HOUSE}`);
  await ward.getByRole('tab', { name: 'Clinics' }).click();
  await ward.locator('.session').first().waitFor();
  return ward;
}

async function openSession(ward: Page, { slot }: AppointmentView): Promise<Locator> {
  await ward.locator(`[data-slot="${slot}"]`).click();
  return ward.locator('.split-detail .panel');
}

describe('a ward and its clinics', () => {
  it('given somebody is booked today and comes, then the session shows how far they are, and one press receives them', async () => {
    const [first] = await bookAt(0, 2);
    const ward = await clinics();
    await expectAccessible(ward);
    const panel = await openSession(ward, first!);
    const mine = panel.locator('.booked', { hasText: first!.person.name });
    await mine.waitFor();
    await expectAccessible(ward);
    const resident = opened.served.visitor();
    await resident.post('/api/my/sign-in', { token: first!.token, phoneLast4: first!.person.phone.slice(-4) });
    // Today is near: the request has begun, or does in a moment, and the same link opens it.
    const journey = await eventually(async () => {
      await resident.get('/api/appointments/mine');
      const { scope } = ((await resident.get('/api/me')).body as { actor: { scope: string } }).actor;
      return /^journey:(.*)/.exec(scope)?.[1];
    });
    let received = false;
    await playToTheEnd(opened.served, journey, resident, async ({ step }) => {
      if (step?.kind !== 'receive' || received) return;
      received = true;
      await mine.getByRole('button', { name: `Receive: ${first!.person.name}` }).press('Enter');
      await mine.getByText('Treatment').waitFor();
      await ward.locator(`[data-slot="${first!.slot}"]`).getByText('1 here').waitFor();
    });
    expect(received).toBe(true);
  }, SLOW_MS);

  it('given keys alone, then the day, the week, its sessions and the rosters are reached', async () => {
    const ward = await clinics();
    await ward.evaluate('document.activeElement.blur()');
    await ward.keyboard.press('j');
    await ward.keyboard.press('j');
    expect(await ward.locator('.session[aria-pressed=true]').count()).toBe(1);
    await ward.locator('.split-detail .panel').waitFor();
    await ward.keyboard.press('w');
    await ward.getByRole('table').waitFor();
    await expectAccessible(ward);
    await ward.keyboard.press('p');
    await ward.getByRole('heading', { name: 'Publish sessions' }).waitFor();
    await expectAccessible(ward);
  }, SLOW_MS);

  it('given a roster by form and by table, then it says whom it touches before it counts, and a bad table names its lines', async () => {
    const ward = await clinics();
    await ward.keyboard.press('p');
    const side = ward.locator('.publish');
    await side.getByRole('button', { name: 'New roster' }).click();
    await side.getByRole('button', { name: 'Check first' }).click();
    await side.getByText('This is needed').waitFor();
    await side.getByLabel('Service').selectOption('obstetrics');
    await side.getByLabel('Clinic or doctor').fill('Antenatal visits');
    await side.getByRole('button', { name: 'Check first' }).click();
    await side.getByText('Nobody is touched by it.').waitFor();
    await side.getByText(/The built-in sessions of .+ end with it: \d+ coming ones/).waitFor();
    const publish = side.getByRole('button', { name: 'Publish', exact: true });
    expect(await publish.isDisabled(), 'nothing closes that nobody has looked at').toBe(true);
    await side.getByRole('checkbox', { name: /still holds/ }).check();
    await expectAccessible(ward);
    await publish.click();
    await side.locator('.row-open', { hasText: 'Antenatal visits' }).waitFor();

    await side.getByRole('button', { name: 'From a table (CSV)' }).click();
    await side.getByLabel('The table').fill('institution,service,clinic\nZZ-H-001,emergency,x\n"bad,1');
    await side.getByRole('button', { name: 'Check first' }).click();
    await side.getByText(/Line 3, column 1/).waitFor();
    await expectAccessible(ward);
  }, SLOW_MS);

  it('given a session that three are booked in, when it is closed, then the desk is told to how many before, and each has a place or an owner after', async () => {
    const booked = await bookAt(2, 3);
    const ward = await clinics();
    await ward.keyboard.press('l');
    await ward.keyboard.press('l');
    const panel = await openSession(ward, booked[0]!);
    await panel.locator('.booked').nth(2).waitFor();
    await panel.getByRole('button', { name: 'Close this session' }).click();
    const dialog = ward.getByRole('dialog');
    expect(await dialog.locator('.what-happens').innerText()).toContain('3 people lose this hour');
    await dialog.getByRole('button', { name: 'Close this session' }).click();
    await dialog.getByText('This is needed').waitFor();
    await expectAccessible(ward);
    await dialog.getByLabel('Reason').selectOption('doctorAway');
    await dialog.getByRole('button', { name: 'Close this session' }).click();
    await panel.getByText('3 booked people are being placed anew and told.').waitFor();
    await panel.getByText('Closed: The doctor is away').waitFor();
    for (const { person } of booked) await panel.locator('.moved li', { hasText: person.name }).getByText(/\d\d:\d\d/).waitFor();
    await expectAccessible(ward);
  }, SLOW_MS);
});

describe('booking for somebody', () => {
  it('given a caller without a phone of their own, then the line books an hour near them with the one who asks named', async () => {
    const line = await opened.people.at('hotline', 'hotline@city');
    await line.getByRole('button', { name: 'Book for somebody' }).click();
    const form = line.locator('.new-request');
    await form.getByLabel('Phone number to call back').fill('13800009999');
    await form.getByRole('combobox', { name: 'Subdistrict or town' }).fill('Linshanzhai');
    await line.getByRole('option', { name: 'Linshanzhai Subdistrict' }).click();
    await form.getByLabel(/^Address/).fill('Building 9');
    await form.getByLabel(/^For(?! )/).selectOption('specialist');
    await form.locator('.seat-hours button').nth(2).waitFor();
    await form.getByRole('button', { name: 'Book it' }).click();
    await form.getByText('Still needed: an hour, Name').or(form.getByText('Still needed: Name, an hour')).waitFor();
    await expectAccessible(line);
    const hour = await form.locator('.seat-hours button').nth(2).getAttribute('aria-label');
    await form.locator('.seat-hours button').nth(2).click();
    await form.getByLabel('Name', { exact: true }).fill('Neighbour Without Phone');
    await form.getByLabel('Who speaks for them').fill('Committee Helper');
    await form.getByLabel('Their phone').fill('13900001111');
    await form.getByRole('button', { name: 'Book it' }).click();
    await line.getByText(`Booked: ${hour}`).waitFor();
    expect(await line.locator('.book-link').innerText()).toContain('/my#');
  }, SLOW_MS);
});
