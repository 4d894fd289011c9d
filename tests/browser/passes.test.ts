import { describe, expect, it } from 'vitest';
import { startCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const opened = openCity(() => startCity({ city: 'toytown' }));
const shots = process.env['SHOTS'];
const iso = (ms: number): string => new Date(ms).toISOString();

describe('a unit\'s pass office', () => {
  it('given a list, then it is looked at first, issued in one press, printed; one that is withdrawn stops nobody else', async () => {
    const { at } = (await opened.served.visitor().get('/api/city')).body;
    const line = (name: string): string => `${name},nurse,${iso(at)},${iso(at + 86_400_000)}`;
    const desk = await opened.people.at('passes', 'passOfficer@issuer:demo-hospital');
    await desk.getByLabel('The list, one person a line').fill(['name,duty,from,until', line('护士一'), line('13812345678')].join('\n'));
    await desk.getByRole('button', { name: 'Look what would be issued' }).click();
    await desk.getByText('Line 3, column 1:').waitFor();
    if (shots) await desk.screenshot({ path: `${shots}/passes-problem.png` });
    await desk.getByLabel('The list, one person a line').fill(['name,duty,from,until', line('护士一'), line('护士二'), line('护士三')].join('\n'));
    await desk.getByRole('button', { name: 'Look what would be issued' }).click();
    await desk.getByText('3 passes would be issued.').waitFor();
    await expectAccessible(desk);
    await desk.getByRole('button', { name: 'Issue them', exact: true }).click();
    await desk.getByText('3 cards', { exact: true }).waitFor();
    expect(await desk.getByRole('img', { name: /^QR code of/ }).count()).toBe(3);
    await expectAccessible(desk);
    if (shots) await desk.screenshot({ path: `${shots}/passes-cards.png`, fullPage: true });
    await desk.getByRole('button', { name: 'Back' }).click();

    const officer = await opened.people.at('checkpoint', 'checkpoint@checkpoint:990101');
    const code = await desk.locator('li', { hasText: '护士二' }).locator('.code').innerText();
    await officer.getByLabel('Pass code').fill(code);
    await officer.getByRole('button', { name: 'Check', exact: true }).click();
    await officer.getByText('LET PASS').waitFor();
    await desk.getByRole('button', { name: 'Withdraw: 护士二' }).or(desk.getByRole('button', { name: /Withdraw.*护士二/ })).first().click();
    await desk.getByLabel('Why').fill('left the unit');
    await desk.getByRole('button', { name: 'Withdraw 1', exact: true }).click();
    await desk.getByText(/withdrawn .*: left the unit/).waitFor();
    await officer.getByRole('button', { name: 'Check', exact: true }).click();
    await officer.getByText('This pass was withdrawn').waitFor();
    await officer.getByRole('button', { name: 'This person is very ill' }).click();
    await officer.getByText('Let them pass at once.').waitFor();
    await expectAccessible(officer);
    if (shots) await officer.screenshot({ path: `${shots}/checkpoint-ill.png` });

    const office = await opened.people.at('office', 'city@city');
    await office.getByRole('tab', { name: 'Passes' }).click();
    await office.getByText('Passes withdrawn').first().waitFor();
    await office.getByRole('button', { name: /^Change the key/ }).first().click();
    await office.getByText('Key changed').waitFor();
    await expectAccessible(office);
    if (shots) await office.screenshot({ path: `${shots}/office-passes.png` });
  }, SLOW_MS);
});
