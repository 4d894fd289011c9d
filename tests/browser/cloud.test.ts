import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { intake, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { answerVisit, open, panel, passPharmacy, row } from './people.ts';

const opened = openCity();

interface Asked { readonly id: string; readonly name: string; readonly clinic: string; readonly token: string }

let people = 0;
/** Somebody at home who needs a doctor at a distance. */
async function asked(given: Record<string, unknown>): Promise<Asked> {
  const name = `Resident ${String(++people).padStart(4, '0')}`;
  const { status, body } = await opened.served.visitor().post('/api/requests', intake({ person: { name, phone: '13700005678', ageMonths: 800 }, groups: ['chronic'], ...given }));
  expect(status).toBe(201);
  return { id: body.journey.id, name, clinic: body.journey.institution.code, token: body.token };
}

const doctorOf = ({ clinic }: Asked): Promise<Page> => opened.people.at('cloud', `cloudDoctor@institution:${clinic}`);
const pharmacyOf = ({ clinic }: Asked): Promise<Page> => opened.people.at('cloud', `pharmacist@institution:${clinic}`);

async function athome({ token }: Asked): Promise<Page> {
  const page = await opened.people.resident();
  await page.goto(`${opened.served.url}/my#${token}`);
  await page.getByLabel('The last four digits').fill('5678');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('heading', { name: 'All steps' }).waitFor();
  return page;
}

describe('the cloud clinic, from the queue to the door', () => {
  it('given insulin for two days, when the pharmacist asks and the doctor amends, then it is checked, stays cold and is at the door, and the resident sees each step', async () => {
    const one = await asked({ need: 'medicineRefill', medicine: 'insulin', medicineDaysLeft: 2 });
    const resident = await athome(one);
    await resident.getByText(/^A doctor answers by \d\d:\d\d\.$/).waitFor();
    const doctor = await doctorOf(one);
    await answerVisit(doctor, one.name, 'Go on as before.', ['8 units at night']);
    await resident.getByText('Checked by a pharmacist').waitFor();

    const pharmacy = await pharmacyOf(one);
    await row(pharmacy, one.name).locator('.row-open').click();
    expect(await pharmacy.getByRole('button', { name: 'Checked' }).isDisabled(), 'a warning that nobody has looked at').toBe(true);
    await expectAccessible(pharmacy);
    await pharmacy.getByRole('button', { name: 'Ask the prescriber …' }).click();
    await pharmacy.getByLabel('Question', { exact: true }).fill('Eight or eighteen?');
    await pharmacy.getByRole('button', { name: 'Send the question' }).click();
    await pharmacy.getByText(/was asked .*“Eight or eighteen\?”/).first().waitFor();
    await resident.getByText('You need not do anything').waitFor();

    const amending = doctor.getByRole('form', { name: 'Answer the pharmacist' });
    await amending.getByLabel('Dose').fill('18 units at night');
    await amending.getByLabel('What you changed, or why it stands').fill('Eighteen; a slip of the pen.');
    await amending.getByLabel('Which illness this follows up').fill('Diabetes');
    await expectAccessible(doctor);
    await amending.getByRole('button', { name: 'Answer the pharmacist' }).click();

    await pharmacy.getByText('18 units at night').first().waitFor();
    await passPharmacy(pharmacy, one.name, 'Volunteer of the building');
    await resident.getByText('with Volunteer of the building').waitFor();
    await expectAccessible(resident);

    const desk = await opened.people.at('desk', `committee@town:${TOWN}`);
    await open(desk, one.name);
    await panel(desk).getByRole('button', { name: 'Delivered' }).click();
    const door = desk.getByRole('dialog');
    await door.getByRole('button', { name: 'Delivered' }).click();
    await door.getByText('This is needed').waitFor();
    await door.getByRole('radio', { name: 'Yes' }).check();
    await expectAccessible(desk);
    await door.getByRole('button', { name: 'Delivered' }).click();
    await resident.getByRole('region', { name: 'Your medicine' }).getByText('At your door').waitFor();
    await resident.locator('.step-done', { hasText: 'At your door' }).waitFor();

    // Asked again, whoever treats them sees what they were given.
    await opened.served.visitor().post('/api/requests', intake({ person: { name: one.name, phone: '13700005678', ageMonths: 800 }, need: 'onlineConsultation', complaint: 'dizzy' }));
    await row(doctor, one.name).getByText('dizzy').click();
    await doctor.getByRole('button', { name: 'Take this visit' }).click();
    await doctor.getByText(/^insulin: 2\d days left/).waitFor();
  }, SLOW_MS);

  it('given the next is taken with one key, when they write that it got worse, then the doctor reads it above everything and 120 has them', async () => {
    const one = await asked({ need: 'onlineConsultation', complaint: 'cough for two days' });
    const doctor = await doctorOf(one);
    await row(doctor, one.name).waitFor();
    await doctor.keyboard.press('t');
    await doctor.getByRole('article', { name: new RegExp(one.name) }).waitFor();
    const resident = await athome(one);
    await resident.getByText('is with you now.').waitFor();
    await resident.getByLabel('Write to the doctor').fill('Now I have chest pain.');
    await resident.getByRole('button', { name: 'Send', exact: true }).click();
    await doctor.getByRole('alert').filter({ hasText: 'chest pain' }).waitFor();
    await doctor.locator('.panel-now').getByText('Send an ambulance').waitFor();
    await doctor.getByLabel('Write to the person').fill('Stay where you are, 120 is coming.');
    await doctor.keyboard.press('Enter');
    await resident.getByText('Stay where you are, 120 is coming.').waitFor();
    await expectAccessible(doctor);
  }, SLOW_MS);

  it('given ninety days are typed, then the clause stands there before anything is sent; given a controlled medicine, then one tap sends them to a window', async () => {
    const one = await asked({ need: 'medicineRefill', medicine: 'clonazepam', medicineDaysLeft: 4 });
    const doctor = await doctorOf(one);
    await row(doctor, one.name).locator('.row-open').click();
    await doctor.getByRole('button', { name: 'Take this visit' }).click();
    const form = doctor.getByRole('form', { name: 'Answer' });
    const medicine = form.getByRole('combobox', { name: 'Medicine' });
    await medicine.fill('amlo');
    await form.getByRole('option', { name: /Amlodipine/ }).waitFor();
    await medicine.press('Enter');
    await form.getByLabel('Days').fill('90');
    await form.getByText('A long prescription is for twelve weeks at most').waitFor();
    await expectAccessible(doctor);
    await doctor.getByRole('button', { name: 'Send to a window, in person' }).click();
    await doctor.locator('.panel-now').getByText('Online visit').waitFor({ state: 'detached' });
  }, SLOW_MS);

  it.each(['wide', 'narrow'] as const)('given a %s screen at night in Chinese, then the queue and an open visit can be read', async (width) => {
    const one = await asked({ need: 'onlineConsultation', complaint: '咳嗽' });
    const doctor = await doctorOf(one);
    if (width === 'narrow') await doctor.setViewportSize({ width: 360, height: 740 });
    await doctor.getByRole('button', { name: 'Dark' }).click();
    await doctor.getByRole('button', { name: '中文' }).click();
    await expectAccessible(doctor);
    await row(doctor, one.name).locator('.row-open').click();
    await doctor.getByText('过敏史').waitFor();
    await expectAccessible(doctor);
  }, SLOW_MS);
});
