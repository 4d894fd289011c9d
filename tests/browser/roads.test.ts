import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { drawToytown, TOYTOWN } from '../roads/toytown.ts';
import { ask, intake, startCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

let dataDir: string;
// What is said first ends last: the city stops before its files go.
afterAll(() => rmSync(dataDir, { recursive: true }));
const opened = openCity(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-roads-'));
  await drawToytown(dataDir);
  return startCity({ city: 'toytown', settings: { dataDir } });
});

const { central } = TOYTOWN;

/** The roads tab; the map is drawn when its zoom buttons are there. */
async function roadsOf(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Roads' }).click();
  await page.getByText('Roads of toytown.osm.pbf').waitFor();
  await page.locator('.map canvas').waitFor();
}

describe('the office draws on the roads', () => {
  it('given a person at home, when a cordon is drawn around their hospital by keyboard, then their way changes at once, and the end is as quick', async () => {
    const name = 'Resident by the river';
    await ask(opened.served, intake({ town: '990101001', need: 'emergency', findings: ['chestPain'], ageYears: 61, person: { name, phone: '13700005678' } }));
    const dispatcher = await opened.people.at('board', 'dispatcher@city');
    await dispatcher.getByText('Toytown Central Hospital').first().waitFor();

    const office = await opened.people.at('office', 'city@city');
    await roadsOf(office);
    await office.getByRole('button', { name: 'Draw a restriction' }).focus();
    await office.keyboard.press('Enter');
    await office.getByRole('button', { name: 'Put it in force' }).click();
    await office.getByText('An area needs at least three corners.').waitFor();
    expect(await office.locator('.roads-draw textarea').evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await expectAccessible(office);

    await office.getByRole('radio', { name: 'Circle around a place' }).check();
    await office.getByLabel('Places, one a line').fill('');
    await office.getByLabel('Add a place of the city').selectOption({ label: 'Toytown Central Hospital' });
    await office.getByLabel('Radius in metres').fill('200');
    for (const who of ['Ambulances', 'Cars with a permit', 'Other cars']) await office.getByRole('combobox', { name: who }).selectOption('turned back');
    await office.getByLabel('Why').fill('Gas leak');
    await office.locator('.roads-preview').getByText(/Riverside Subdistrict/).waitFor();
    await office.getByText(/no way then.*Nearest then: Toytown Second Hospital/).waitFor();
    await expectAccessible(office);
    await office.getByRole('button', { name: 'Put it in force' }).press('Enter');
    await office.getByText(/It is in force and counts now\. It meets \d+ pieces of road\./).waitFor();
    await office.getByText(/In force since/).waitFor();

    // Nobody asked for anything on the board: it follows by itself.
    await dispatcher.getByText('Toytown Second Hospital').first().waitFor({ timeout: 5_000 });

    await office.getByRole('button', { name: 'End it' }).click();
    await office.getByText('It no longer counts, at once.').waitFor();
    await expectAccessible(office);
    await office.getByRole('button', { name: 'End it now' }).click();
    await office.getByText('Nothing stands on the roads.').waitFor();
    await office.getByText('Ended or over').click();
    await office.getByText('Gas leak').waitFor();
  }, SLOW_MS);

  it('given the map, when its corners are pressed, then they stand in the form; night, Chinese and a phone have the same', async () => {
    const office = await opened.people.at('office', 'district@district:990101');
    await roadsOf(office);
    await office.getByRole('button', { name: 'Draw a restriction' }).click();
    const map = office.locator('.map-pointing canvas');
    for (const [x, y] of [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6]] as const) {
      const { width, height } = (await map.boundingBox())!;
      await map.click({ position: { x: width * x, y: height * y } });
    }
    await expect.poll(() => office.locator('.roads-draw textarea').inputValue()).toMatch(/^(\d+\.\d+, \d+\.\d+\n?){3}$/);
    await office.getByRole('button', { name: 'Take back the last' }).click();
    await expect.poll(() => office.locator('.roads-draw textarea').inputValue()).toMatch(/^(\d+\.\d+, \d+\.\d+\n?){2}$/);
    await office.locator('.roads-draw textarea').fill(`${central.lon}, ${central.lat}\nhere`);
    await office.getByRole('button', { name: 'Put it in force' }).click();
    await office.getByText('Line 2: write longitude and latitude').waitFor();

    await office.setViewportSize({ width: 390, height: 844 });
    await office.getByRole('button', { name: 'Dark' }).click();
    await office.getByRole('button', { name: '中文' }).click();
    await office.getByText('第2行：请填写经度和纬度').waitFor();
    await office.getByText('图例').click();
    await office.getByText('道路封闭').first().waitFor();
    await expectAccessible(office);
  }, SLOW_MS);
});
