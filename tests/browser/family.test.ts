import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const opened = openCity();

const team = (): Promise<Page> => opened.people.at('family', `familyDoctor@town:${TOWN}`);

interface Listed { readonly member: { readonly id: string; readonly name: string; readonly phone: string }; readonly why: readonly { readonly why: string }[]; readonly medicines: readonly unknown[] }
async function listed(why: string): Promise<Listed> {
  const rows = (await (await opened.served.as(`familyDoctor@town:${TOWN}`)).get('/api/panels/day-list')).body.rows as readonly Listed[];
  return rows.find((row) => row.why[0]!.why === why)!;
}
const row = (page: Page, name: string) => page.locator('.member-row:not(.gone)', { hasText: name });

describe('a family-doctor team works its list', () => {
  it('given somebody out of medicine, when they are called and it is asked for again, then the call is recorded in one tap and three taps make it a request', async () => {
    const { member: { name } } = await listed('medicineRunsOut');
    const doctor = await team();
    await row(doctor, name).getByRole('link', { name: `Call: ${name}` }).click();
    const reached = row(doctor, name).getByRole('button', { name: `Reached: ${name}`, exact: true });
    await reached.waitFor();
    await row(doctor, name).locator('.row-open').click();
    await expectAccessible(doctor);
    await row(doctor, name).getByRole('button', { name: 'Refill the medicine' }).click();
    await row(doctor, name).getByRole('button', { name: 'Ask for these' }).click();
    await doctor.locator('.panel').getByRole('heading', { name }).waitFor();
    await reached.click();
    await row(doctor, name).waitFor({ state: 'detached' });
  }, SLOW_MS);

  it('given three calls that nobody answers, then the committee knocks with a deadline and asks for care, and the team reads what was found', async () => {
    const { member: { id, name } } = await listed('notContacted');
    const doctor = await team();
    await row(doctor, name).locator('.row-open').click();
    await row(doctor, name).getByRole('button', { name: `Not reached: ${name}` }).click();
    const later = await opened.served.as(`familyDoctor@town:${TOWN}`);
    await expect.poll(async () => (await later.get(`/api/panels/members/${id}`)).body.member.tries).toBe(1);
    // Hours later, twice.
    for (let call = 2; call <= 3; call++) expect((await later.post(`/api/panels/members/${id}/contact`, { result: 'notReached' })).status).toBe(200);

    const desk = await opened.people.at('desk', `committee@town:${TOWN}`);
    const knocks = desk.getByRole('region', { name: 'Knock at the door' });
    await knocks.getByText(name).waitFor();
    await knocks.locator('time').first().waitFor();
    await knocks.getByRole('button', { name: `Needs care: ${name}` }).click();
    await knocks.getByRole('searchbox', { name: 'Findings' }).fill('fever');
    await knocks.getByRole('button', { name: /^\+ fever/ }).first().click();
    await expectAccessible(desk);
    await knocks.getByRole('button', { name: `Needs care: ${name}` }).click();
    await desk.locator('.panel').getByRole('heading', { name }).waitFor();
    await knocks.getByText('Done today: 1').click();
    await knocks.getByText('Needs care').waitFor();
  }, SLOW_MS);

  it('given a table with a mistake, when it is corrected, then it is looked at first, stored, and whoever is missing in it becomes a question', async () => {
    const doctor = await team();
    await doctor.getByRole('tab', { name: 'List of our people' }).click();
    const table = doctor.getByLabel('Table (CSV)');
    const of = (town: string): string => `name,phone,town,address,conditions,medicines\nResident 7001,13800007001,${town},Building 9,diabetes,\n`;
    await table.fill(of('nowhere'));
    await doctor.getByRole('button', { name: 'Look at it first' }).click();
    await doctor.getByText(/line 2, column \d+:/).waitFor();
    await expectAccessible(doctor);
    await table.fill(of(TOWN));
    await doctor.getByRole('button', { name: 'Look at it first' }).click();
    await doctor.getByText('1 people read. This would happen:').waitFor();
    await doctor.getByRole('button', { name: 'Store it' }).click();
    await doctor.getByText('1 people read. This happened:').waitFor();
    await doctor.getByRole('tab', { name: /^Questions/ }).click();
    await doctor.getByText('Not in the last import').first().waitFor();
    await doctor.getByLabel('Reason').first().fill('Moved in with a daughter, still ours.');
    await expectAccessible(doctor);
    await doctor.getByRole('button', { name: 'Still ours' }).first().click();
  }, SLOW_MS);

  it('given an area is locked by the committee, then the team reads how many have a plan', async () => {
    const desk = await opened.people.at('desk', `committee@town:${TOWN}`);
    await desk.getByRole('button', { name: 'An area is locked …' }).click();
    await desk.getByLabel('Why', { exact: true }).fill('Cluster in one compound');
    await expectAccessible(desk);
    await desk.getByRole('button', { name: 'Lock these 1' }).click();
    await desk.getByText(/Cluster in one compound/).waitFor();
    const doctor = await team();
    await doctor.setViewportSize({ width: 360, height: 740 });
    await doctor.getByRole('button', { name: 'Dark' }).click();
    await doctor.getByRole('button', { name: '中文' }).click();
    await doctor.getByRole('tab', { name: '封控区域' }).click();
    await doctor.getByText(/\d+人中\d+人已有安排/).waitFor({ timeout: 30_000 });
    await expectAccessible(doctor);
  }, SLOW_MS);
});
