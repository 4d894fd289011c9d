import { describe, expect, it } from 'vitest';
import { openCity, SLOW_MS } from './opened.ts';

const HOUSE = 'ZZ-H-001';
const opened = openCity();

describe('how services stand, on screen', () => {
  it('given a ward asks to close its emergency department, then it reads to how many that happens, a second person confirms it, and everybody can read it', async () => {
    const { institutions } = (await (await opened.served.as('city@city')).get('/api/city')).body as { institutions: { code: string; district: string; name: { en: string } }[] };
    const { district, name } = institutions.find(({ code }) => code === HOUSE)!;
    const ward = await opened.people.at('ward', `ward@institution:${HOUSE}`);
    const row = ward.locator('.service', { hasText: 'Emergency' }).first();
    await row.getByRole('button', { name: 'Change' }).click();
    await row.getByText(/hang on it/).waitFor();
    await row.getByLabel('Who takes our patients meanwhile').selectOption({ index: 1 });
    await row.getByRole('button', { name: 'Publish' }).click();
    await row.getByText(/open until the district confirms/).waitFor();
    expect(await row.locator('.service-name').innerText()).toContain('Open');

    const office = await opened.people.at('office', `district@district:${district}`);
    await office.getByRole('button', { name: 'Confirm the closure' }).click();
    await office.getByText('Nothing about a service waits.').waitFor();

    await row.locator('.service-name', { hasText: 'Closed' }).waitFor();
    await expect.poll(async () => (await fetch(`${opened.served.url}/status?lang=en`)).text(), { timeout: 10_000 }).toContain(name.en);
  }, SLOW_MS);

  it('given places, then they are set by number and one tap says that all is as before', async () => {
    const ward = await opened.people.at('ward', `ward@institution:${HOUSE}`);
    const row = ward.locator('.service', { hasText: 'Inpatient admission' }).first();
    await row.getByRole('button', { name: 'Places' }).click();
    await row.getByLabel('Places in all').fill('12');
    await row.getByRole('button', { name: 'One more' }).click();
    await row.getByRole('button', { name: 'Save' }).click();
    await row.getByText('1 of 12 places free').waitFor();
    await ward.getByRole('button', { name: 'All as before' }).click();
    await row.getByText('just now').waitFor();
  }, SLOW_MS);
});
