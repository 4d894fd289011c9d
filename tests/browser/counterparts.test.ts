import { describe, expect, it } from 'vitest';
import { intake, startCity, submit } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const opened = openCity(() => startCity({ city: 'toytown' }));

describe('the command centre changes who answers for a town', () => {
  it('given a town in the hills, when its only hospital for dialysis is left out, then that is refused in words, and what is right counts at once and can be gone back from', async () => {
    await submit(opened.served, intake({ town: '990102001', need: 'generalOutpatient', ageYears: 40 }));
    const office = await opened.people.at('office', 'city@city');
    await office.getByRole('tab', { name: 'Counterparts' }).click();
    await office.getByText('Every town has somebody open').waitFor();

    await office.getByLabel('Town', { exact: true }).fill('foothill');
    await office.locator('.found-towns button').first().press('Enter');
    await office.getByRole('table').getByRole('row', { name: /Haemodialysis.*Toytown Central Hospital/ }).waitFor();
    await expectAccessible(office);

    await office.getByRole('button', { name: 'Change who answers for all services' }).press('Enter');
    await office.getByRole('button', { name: 'Leave out Toytown Central Hospital' }).press('Enter');
    await office.getByRole('alert').getByText(/would have nobody for haemodialysis/).waitFor();
    expect(await office.getByRole('button', { name: 'Put in force' }).first().isDisabled()).toBe(true);
    await expectAccessible(office);

    await office.getByLabel('Add an institution').selectOption({ value: 'T-H2' });
    await office.getByText(/Towns concerned: 1\. Open requests asked again: 1/).waitFor();
    await office.getByLabel('Why').fill('The bridge is closed');
    await office.getByRole('button', { name: 'Put in force' }).first().press('Enter');
    await office.getByText(/In force\. Towns: 1/).waitFor();
    await office.getByRole('table').getByRole('row', { name: /Haemodialysis.*Toytown Second Hospital/ }).waitFor();

    await office.getByText('History', { exact: true }).click();
    await office.getByText('The bridge is closed').last().waitFor();
    await office.getByRole('button', { name: 'Go back to before version 1' }).press('Enter');
    await office.getByLabel('Why').fill('It was another bridge');
    await office.getByRole('button', { name: 'Go back', exact: true }).press('Enter');
    await office.getByRole('table').getByRole('row', { name: /Haemodialysis.*Toytown Central Hospital/ }).waitFor();
    if (process.env['SHOTS']) await office.screenshot({ path: `${process.env['SHOTS']}/desk.png` });
  }, SLOW_MS);

  it('given a district, then the towns of another one can be read and not changed', async () => {
    const office = await opened.people.at('office', 'district@district:990101');
    await office.getByRole('tab', { name: 'Counterparts' }).click();
    await office.getByLabel('Town', { exact: true }).fill('foothill');
    await office.locator('.found-towns button').first().click();
    await office.getByText('only the command centre can change them').waitFor();
    expect(await office.getByRole('button', { name: 'Change who answers for all services' }).count()).toBe(0);
    if (process.env['SHOTS']) {
      await office.setViewportSize({ width: 360, height: 740 });
      await office.screenshot({ path: `${process.env['SHOTS']}/phone.png`, fullPage: true });
    }
  }, SLOW_MS);
});
