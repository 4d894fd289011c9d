import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openCity, SLOW_MS } from './opened.ts';
import { answerVisit, askAsResident, drive, fetchAndBring, followAsResident, open, panel, passPharmacy, row, type Answers } from './people.ts';
import { confirmClosings } from '../running-city.ts';

const TOWN = '410102001';
const TOWN_NAME = 'Linshanzhai';
/** It dialyses adults only, so that any other unit can take its patients. */
const OWN_UNIT = 'ZZ-H-002';

const opened = openCity();


const committee = (): Promise<Page> => opened.people.at('desk', `committee@town:${TOWN}`);

/** The code of a hospital by the name that stands on the screen: its people are found by it, as in a duty roster. */
async function codeOf(hospital: string): Promise<string> {
  const { institutions } = (await opened.served.visitor().get('/api/city')).body as { institutions: { code: string; name: { en: string } }[] };
  const found = institutions.find(({ name }) => name.en === hospital);
  if (!found) throw new Error(`nobody knows "${hospital}"`);
  return found.code;
}

const factOf = (desk: Page, name: string) => panel(desk).locator('.facts > div', { hasText: name }).locator('dd');
const wardOf = async (hospital: string): Promise<Page> => opened.people.at('ward', `ward@institution:${await codeOf(hospital)}`);

/** Writes a request for somebody who has no smartphone. */
async function writeRequest(desk: Page, fields: Readonly<Record<string, string>>, picks: Readonly<Record<string, string>>): Promise<void> {
  await desk.getByRole('button', { name: 'New request' }).click();
  const form = desk.getByRole('region', { name: 'New request' });
  for (const [label, text] of Object.entries({ 'Phone number to call back': '13800001201', ...fields })) await form.getByLabel(label, { exact: true }).fill(text);
  for (const [label, option] of Object.entries(picks)) {
    const box = form.getByRole('combobox', { name: label, exact: true });
    await box.click();
    if (await box.isEditable()) await box.fill(option);
    await form.getByRole('option', { name: option }).first().click();
  }
}

const send = (desk: Page): Promise<void> => desk.getByRole('button', { name: 'Send the request' }).click();

/** The committee gives a car; whoever drives it learns of it on the dashboard. */
async function sendCar(desk: Page, button: string): Promise<Page> {
  await panel(desk).getByRole('button', { name: button }).click();
  await panel(desk).getByText(/^Pick up/).first().waitFor();
  const car = await factOf(desk, 'Special car').locator('.code').innerText();
  return opened.people.at('drive', `driver@car:${car}`);
}

/** Whoever is received stands in the other list; the row in the first one stays, grey, until the cursor has gone. */
async function treat(ward: Page, name: string): Promise<void> {
  await row(ward, name).getByText('Treatment').waitFor();
  await open(ward, name);
  await panel(ward).getByRole('button', { name: 'Treatment finished' }).click();
  await ward.getByRole('dialog').getByRole('button', { name: 'Treatment finished' }).click();
}

/** Out and back are planned together: the car for the way home is known, or the committee gives one. */
async function carHome(desk: Page): Promise<Page> {
  const wanted = panel(desk).getByRole('button', { name: 'Car for the way home' });
  const planned = panel(desk).locator('.panel-now').getByText('Pick up at the hospital');
  await wanted.or(planned).first().waitFor();
  if (await wanted.isVisible()) await wanted.click();
  await planned.waitFor();
  const cars = factOf(desk, 'Special car').locator('.code');
  return opened.people.at('drive', `driver@car:${await cars.last().innerText()}`);
}
const ADDRESS = 'Address: compound, building, gate, who can open it';

describe('from a request to home and closed, on the screens of those who own each step', () => {
  it('given chest pain in a high-risk area without a test, when hotline, 120, ward and committee each do their part, then he is treated and home', async () => {
    const name = 'Father in Building 7';
    const hotline = await opened.people.at('hotline', 'hotline@city');
    await writeRequest(hotline, { [ADDRESS]: 'Building 7', Name: name, Age: '61' },
      { 'Subdistrict or town': TOWN_NAME, 'Kind of care': 'Emergency', Situation: 'High-risk area', 'Latest test': 'No result' });
    await hotline.getByLabel('Findings').fill('chest pain');
    await hotline.getByRole('button', { name: '+ chest pain' }).click();
    await send(hotline);
    await panel(hotline).getByText('Send an ambulance').first().waitFor();
    const ward = await wardOf(await factOf(hotline, 'Place of care').innerText());
    await row(ward, name).getByText('Buffer zone').waitFor();

    const board = await opened.people.at('board', 'dispatcher@city#A');
    await open(board, name);
    await panel(board).getByRole('button', { name: /^Send / }).click();
    const unit = await factOf(board, '120 unit').locator('.code').innerText();
    const crew = await opened.people.at('drive', `crew@unit:${unit}`);
    await drive(crew, ['Accept the mission', 'On the way', 'At the gate', 'Gate opened', 'With the patient', 'Patient aboard', 'At the hospital']);
    await row(ward, name).getByRole('button', { name: `Receive: ${name}` }).click();
    await drive(crew, ['Car disinfected', 'Back in service']);

    await row(ward, name).getByText('Treatment').waitFor();
    await open(ward, name);
    await panel(ward).getByRole('button', { name: 'Admit' }).click();
    await ward.getByRole('dialog').getByRole('button', { name: 'Admit' }).click();
    await ward.getByRole('dialog').waitFor({ state: 'detached' });
    await treat(ward, name);

    const desk = await committee();
    await open(desk, name);
    await fetchAndBring(await carHome(desk), name, 'Handed over at home');
    await panel(desk).getByRole('button', { name: 'Confirm: home and well' }).click();
    await panel(desk).getByText('Home after care').waitFor();
    await panel(hotline).getByText('Home after care').waitFor();
  }, SLOW_MS);

  it('given a child of two with fever and a grandmother without a phone, when committee, driver and ward each do their part, then the child is home', async () => {
    const name = 'Child in Building 3';
    const desk = await committee();
    await writeRequest(desk, { [ADDRESS]: 'Building 3', Name: name, Age: '2' },
      { 'Subdistrict or town': TOWN_NAME, 'Kind of care': 'Fever', Situation: 'Green code', 'Latest test': 'No result' });
    await send(desk);
    await panel(desk).getByRole('button', { name: 'Let them out' }).click();
    const driver = await sendCar(desk, 'Send the recommended car');
    await fetchAndBring(driver, name, 'Handed over to the hospital’s desk');
    const ward = await wardOf(await factOf(desk, 'Place of care').innerText());
    await row(ward, name).getByRole('button', { name: `Receive: ${name}` }).click();
    await treat(ward, name);
    await fetchAndBring(await carHome(desk), name, 'Handed over at home');
    await panel(desk).getByRole('button', { name: 'Confirm: home and well' }).click();
    await panel(desk).getByText('Home after care').waitFor();
    await panel(desk).getByText('Who had the person, and when').click();
    const custody = await panel(desk).locator('details[open]').innerText();
    expect(custody.match(/ZZ-V-\d+/g)?.length, 'both rides are on record').toBe(2);
  }, SLOW_MS);

  it('given dialysis and her unit closed for disinfection, when a seat elsewhere, a pass and a car are found, then she is dialysed and home', async () => {
    const name = 'Dialysis in Building 5';
    const own = await opened.people.at('ward', `ward@institution:${OWN_UNIT}`);
    const service = own.locator('.service', { hasText: 'Haemodialysis' });
    await service.getByRole('button', { name: 'Change' }).click();
    await service.getByLabel('Reason').selectOption({ label: 'Disinfection' });
    // Longer than her safe gap lasts at any hour of the day; opening sooner, her own unit would rightly be the answer.
    await service.getByLabel('Hours until it opens again').fill('47');
    await service.getByLabel('Who takes our patients meanwhile').selectOption({ index: 1 });
    await service.getByRole('button', { name: 'Publish' }).click();
    await service.getByText('Closing asked for').first().waitFor();
    await confirmClosings(opened.served.url);
    await service.getByText('Haemodialysis Closed').waitFor();

    const resident = await opened.people.resident();
    await askAsResident(resident, asking(name, 'Dialysis', {
      'Your dialysis': async (page) => {
        await page.getByLabel('Which day was the last session?').selectOption({ index: 2 });
        await page.getByLabel('Morning').check();
        await page.getByLabel('Where do you usually go?').selectOption(OWN_UNIT);
      },
    }));
    await followAsResident(resident, '1201');
    const desk = await committee();
    await row(desk, name).getByRole('button', { name: `Let them out: ${name}` }).click();
    await resident.getByRole('heading', { name: 'Your community staff are finding a car for you.' }).waitFor();
    await resident.getByRole('img', { name: /Travel pass .* as a QR code/ }).waitFor();
    await open(desk, name);
    const elsewhere = await factOf(desk, 'Place of care').innerText();
    expect(await codeOf(elsewhere)).not.toBe(OWN_UNIT);
    await fetchAndBring(await sendCar(desk, 'Send the recommended car'), name, 'Handed over to the hospital’s desk');
    const ward = await wardOf(elsewhere);
    await row(ward, name).getByRole('button', { name: `Receive: ${name}` }).click();
    await resident.getByRole('heading', { name: 'You are being treated' }).waitFor();
    await treat(ward, name);
    await fetchAndBring(await carHome(desk), name, 'Handed over at home');
    await row(desk, name).getByRole('button', { name: `Confirm: home and well: ${name}` }).click();
    await resident.getByRole('heading', { name: 'Home after care' }).waitFor();
  }, SLOW_MS);

  it('given tablets for three days, when doctor, pharmacist and committee each do their part, then the medicine is at the door', async () => {
    const name = 'Tablets in Building 9';
    const resident = await opened.people.resident();
    await askAsResident(resident, asking(name, 'A medicine is running out', {
      'Your medicine': async (page) => {
        await page.getByLabel('Which medicine?').fill('amlodipine');
        await page.getByLabel('For how many days is there some left?').fill('3');
      },
    }));
    await followAsResident(resident, '1201');
    await resident.getByRole('heading', { name: 'A doctor will ring you.' }).waitFor();
    const hospital = await codeOf((await resident.getByRole('region', { name: 'Now' }).locator('dd').first().innerText()).replace('Online doctor, ', ''));

    const doctor = await opened.people.at('cloud', `cloudDoctor@institution:${hospital}`);
    await answerVisit(doctor, name, 'Go on as before.', ['5 mg once a day']);
    await resident.getByRole('heading', { name: 'The pharmacy is preparing your medicine.' }).waitFor();
    await resident.getByText('amlodipine 5 mg once a day').waitFor();

    const pharmacy = await opened.people.at('cloud', `pharmacist@institution:${hospital}`);
    await passPharmacy(pharmacy, name, 'Volunteer of the building');
    await resident.getByRole('heading', { name: 'Your medicine is on its way to your door.' }).waitFor();
    const desk = await committee();
    await open(desk, name);
    await panel(desk).getByRole('button', { name: 'Delivered' }).click();
    await desk.getByRole('dialog').getByLabel('Given to').fill('Herself, at the door');
    await desk.getByRole('dialog').getByRole('button', { name: 'Delivered' }).click();
    await panel(desk).getByRole('button', { name: 'Confirm: home and well' }).click();
    await resident.getByRole('heading', { name: 'Medicine delivered' }).waitFor();
  }, SLOW_MS);
});

/** What everybody says on the resident's pages, and what only this person does. */
function asking(name: string, matter: string, more: Answers): Answers {
  return {
    'Who needs care?': (page) => page.getByLabel('I do').check(),
    'Is any of this happening now?': (page) => page.getByLabel('None of these').check(),
    'What is the matter?': (page) => page.getByLabel(matter, { exact: true }).check(),
    'About you': (page) => page.getByLabel('Age', { exact: true }).fill('66'),
    'Where are you?': async (page) => {
      await page.getByLabel('Subdistrict or town', { exact: true }).fill(TOWN_NAME);
      await page.getByRole('radio', { name: new RegExp(TOWN_NAME) }).check();
      await page.getByLabel('Address', { exact: true }).fill(name.replace(/^.* in /, ''));
    },
    'How is movement restricted where you are?': (page) => page.getByLabel('Green code', { exact: true }).check(),
    'How do we reach you?': async (page) => {
      await page.getByLabel('Your name').fill(name);
      await page.getByLabel('Your phone number').fill('138 0000 1201');
    },
    ...more,
  };
}
