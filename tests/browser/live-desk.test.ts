import { describe, expect, it } from 'vitest';
import { intake, submit, TOWN } from '../running-city.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { row } from './people.ts';


const opened = openCity();


const someone = (name: string): Record<string, unknown> => intake({ person: { name, phone: '13700005678' }, ageYears: 30, findings: ['fever'], patientKind: 'greenCode' });

describe('what others do', () => {
  it('given two at the same desk, when one lets somebody out, then the other sees it without touching anything', async () => {
    const name = 'Seen by both';
    await submit(opened.served, someone(name));
    const mine = await opened.people.at('desk', `committee@town:${TOWN}`);
    await row(mine, name).getByText('Approve leaving home').waitFor();
    const colleagues = await opened.people.at('desk', `committee@town:${TOWN}`, 'another chair');
    await row(colleagues, name).getByRole('button', { name: `Let them out: ${name}` }).click();
    await row(mine, name).getByText('Assign a car').waitFor();
  }, SLOW_MS);

  it('given the line to a resident breaks, then the page says since when and whom to call, and comes back by itself', async () => {
    const { body } = await opened.served.visitor().post('/api/requests', someone('Waits at home'));
    const resident = await opened.people.resident();
    let broken = true;
    await resident.route('**/api/stream', (route) => (broken ? route.abort() : route.continue()));
    await resident.goto(`${opened.served.url}/my#${body.token}`);
    await resident.getByLabel('The last four digits').fill('5678');
    await resident.getByRole('button', { name: 'Show' }).click();
    const notice = resident.getByText(/^No connection since/);
    await notice.waitFor({ timeout: 30_000 });
    const told = await resident.locator('.line-down').innerText();
    broken = false;
    await notice.waitFor({ state: 'detached', timeout: 30_000 });
    expect(told).toMatch(/\d{2}:\d{2}.*\d{3,}/s);
  }, SLOW_MS);
});
