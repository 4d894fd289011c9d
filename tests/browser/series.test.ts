import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { confirmClosings, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const HOUR_MS = 3_600_000;
/** It dialyses adults, so that any other unit can take its patients. */
const UNIT = 'ZZ-H-002';

const opened = openCity();

let people = 0;
/** Somebody whose last session began so many hours ago. */
async function enrolled(hoursAgo: number): Promise<string> {
  const name = `Resident ${String(++people).padStart(4, '0')}`;
  const ward = await opened.served.as(`ward@institution:${UNIT}`);
  const { at } = (await ward.get('/api/series')).body as { at: number };
  const { status } = await ward.post('/api/series', {
    care: { person: { name, phone: `1370000${1000 + people}`, ageMonths: 700 }, town: TOWN, address: 'Building 3', need: 'haemodialysis', groups: ['chronic'] },
    // Every second day from the last one on, whatever the hour of this test: nobody is dialysed twice within a day.
    service: 'haemodialysis', institution: UNIT, pattern: { everyDays: 2, firstAt: at + Math.max(4, 44 - hoursAgo) * HOUR_MS }, safeGapHours: 72, lastStartAt: at - hoursAgo * HOUR_MS,
  });
  expect(status).toBe(201);
  return name;
}

const ward = async (): Promise<Page> => {
  const page = await opened.people.at('ward', `ward@institution:${UNIT}`);
  await page.getByRole('tab', { name: 'Series' }).click();
  return page;
};
const one = (page: Page, name: string) => page.locator('.gap-one', { hasText: name });

describe('treatment that comes again and again', () => {
  it('given a patient of the unit, when the ward enrols them, then their chairs are taken; fewer sessions only by name, with a reason', async () => {
    const name = 'Resident of the unit';
    const desk = await ward();
    await desk.getByRole('button', { name: 'Enrol somebody …' }).click();
    const form = desk.getByRole('region', { name: 'Enrol in a standing series' });
    await form.getByLabel('Phone number to call back').fill('13700002001');
    const town = form.getByRole('combobox', { name: 'Subdistrict or town' });
    await town.fill('Linshanzhai');
    await form.getByRole('option', { name: 'Linshanzhai' }).first().click();
    await form.getByLabel('Address: compound, building, gate, who can open it').fill('Building 3');
    await form.getByLabel('Name', { exact: true }).fill(name);
    for (const day of ['Mon', 'Wed', 'Fri']) await form.getByLabel(day).check();
    await form.getByRole('button', { name: 'Enrol and take the chairs' }).click();
    await form.getByText('A series without a safe gap is not kept').waitFor();
    await expectAccessible(desk);
    await form.getByRole('button', { name: 'usual: 72 h' }).click();
    await form.getByRole('button', { name: 'Enrol and take the chairs' }).click();
    await form.getByText(/^Enrolled\./).waitFor();
    await form.getByRole('button', { name: 'Close' }).click();

    await one(desk, name).getByRole('button').first().click();
    await one(desk, name).getByText('Mon, Wed, Fri 07:30').waitFor();
    await one(desk, name).getByRole('button', { name: 'Fewer sessions …' }).click();
    const fewer = one(desk, name).getByRole('button', { name: 'Fewer sessions, by my name' });
    await one(desk, name).getByLabel('Wed').uncheck();
    await one(desk, name).getByLabel('New safe gap in hours').fill('96');
    expect(await fewer.isDisabled(), 'no session falls away without a reason').toBe(true);
    await one(desk, name).getByLabel('Reason, recorded with your name').fill('Residual function, reviewed today.');
    await expectAccessible(desk);
    await fewer.click();
    await one(desk, name).getByText('Mon, Fri 07:30').waitFor();
  }, SLOW_MS);

  it('given people near the safe gap, then the command centre reads the same from the picture and from the list, worst first', async () => {
    const safe = await enrolled(3);
    const near = await enrolled(60);
    const red = await enrolled(98);
    const office = await opened.people.at('office', 'city@city');
    await office.getByRole('tab', { name: 'Series' }).click();
    await one(office, red).waitFor();
    await one(office, near).waitFor();
    expect(await one(office, safe).count(), 'whoever is safe is not in the way').toBe(0);
    await expectAccessible(office);
    const spoken = await one(office, near).getByRole('button').getAttribute('aria-label');
    expect(spoken).toMatch(/last session 60 h ago/);
    await office.getByRole('button', { name: 'List' }).click();
    await one(office, near).getByText(/last session 60 h ago/).waitFor();
    await expectAccessible(office);
    await office.getByLabel('Show everybody').check();
    await one(office, safe).waitFor();
    await office.setViewportSize({ width: 360, height: 740 });
    await office.getByRole('button', { name: 'Dark' }).click();
    await office.getByRole('button', { name: '中文' }).click();
    await one(office, near).getByText(/上次治疗在60小时前/).waitFor();
    await expectAccessible(office);
  }, SLOW_MS);

  it('given the unit closes overnight, then the command centre sees everybody placed again, with the figures and how sure the plan is, and the ward sees where its people go', async () => {
    const names = [await enrolled(10), await enrolled(20), await enrolled(30)];
    const office = await opened.people.at('office', 'city@city');
    await office.getByRole('tab', { name: 'Series' }).click();
    const desk = await opened.served.as(`ward@institution:${UNIT}`);
    const { at } = (await desk.get('/api/series')).body as { at: number };
    const closed = await desk.post(`/api/institutions/${UNIT}/services/haemodialysis/status`, { state: 'closed', reason: 'disinfection', until: at + 47 * HOUR_MS, standIn: 'ZZ-H-001' });
    expect(closed.status).toBe(200);
    await confirmClosings(desk.url);

    const runs = office.getByRole('region', { name: 'Re-placed after a closure' });
    await runs.getByText(/(\d+) of \1 sessions of \d+ patients have a place\./).waitFor({ timeout: 60_000 });
    await runs.getByText(/Proven: no better plan exists|from the best plan there can be/).waitFor();
    await office.getByText('No session is without a place.').waitFor();
    await expectAccessible(office);
    const page = await ward();
    await page.getByRole('button', { name: 'List' }).click();
    for (const name of names) await one(page, name).getByText(/next (?!only)/).waitFor();
  }, SLOW_MS);
});
