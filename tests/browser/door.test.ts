import { describe, expect, it } from 'vitest';
import { ask, intake, startCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { drive, open, panel, row } from './people.ts';

const opened = openCity(() => startCity({ city: 'toytown' }));
const shots = process.env['SHOTS'];
const WARD = 'ward@institution:T-H1';

/** Somebody with chest pain, and the unit that is on the way to them. */
async function sentFor(name: string): Promise<{ readonly id: string; readonly unit: string }> {
  const { id } = await ask(opened.served, intake({ town: '990101001', need: 'emergency', findings: ['chestPain'], complaint: 'chest pain since noon', person: { name, phone: '13700095678', ageMonths: 840 } }));
  const board = await opened.served.as('dispatcher@city');
  const { body: { journey: { mission: { unit } } } } = await board.post(`/api/journeys/${id}/send-unit`);
  return { id, unit };
}

describe('a hand-over at the door', () => {
  it('given a crew stands at the door without a network, when it tells what it knows, then it is kept, sent, read by the ward and signed by both', async () => {
    const name = 'Brought By 120';
    const { unit } = await sentFor(name);
    const ward = await opened.people.at('ward', WARD);
    await row(ward, name).waitFor();
    const crew = await opened.people.at('drive', `crew@unit:${unit}`);
    await drive(crew, ['Accept the mission', 'On the way', 'With the patient', 'Patient aboard']);
    await crew.getByText(/^Not sent yet/).waitFor({ state: 'detached' });

    await crew.context().setOffline(true);
    await drive(crew, ['At the hospital']);
    const form = crew.getByRole('form', { name: 'Hand-over at the door' });
    expect(await form.getByLabel('What happened').inputValue()).toBe('chest pain since noon');
    await form.getByLabel('What was done').fill('aspirin 300 mg, oxygen');
    await expectAccessible(crew);
    await form.getByRole('button', { name: 'Told and signed' }).click();
    await crew.getByText('Told. It is kept on this phone').waitFor();

    await crew.context().setOffline(false);
    await crew.getByText('The ward has not signed yet').waitFor();
    await open(ward, name);
    await panel(ward).getByText('aspirin 300 mg, oxygen').waitFor();
    await expectAccessible(ward);
    await ward.locator('body').press('r');
    await panel(ward).getByText('The ward has signed').waitFor();
    await crew.getByText('The ward has signed').waitFor();
    await drive(crew, ['Back in service']);
  }, SLOW_MS);

  it('given a crew is back in service and has told nothing, then its signature is still asked for on its screen', async () => {
    const { id, unit } = await sentFor('Told Later');
    const server = await opened.served.as(`crew@unit:${unit}`);
    for (const step of ['aboard', 'atDestination', 'handedOver', 'inService']) expect((await server.post(`/api/journeys/${id}/report-mission`, { step })).status).toBe(200);
    const crew = await opened.people.at('drive', `crew@unit:${unit}`);
    const form = crew.getByRole('form', { name: 'Hand-over at the door' });
    await form.getByLabel('What was done').fill('oxygen');
    await form.getByRole('button', { name: 'Told and signed' }).click();
    await form.waitFor({ state: 'detached' });
  }, SLOW_MS);
});

describe('somebody whom nobody announced', () => {
  it('given a guard, then three things that can be seen lead to a way in; the ward has them at once, and knows later who it is', async () => {
    const guard = await opened.people.at('gate', 'gate@institution:T-H1');
    await guard.getByLabel('Name, pass code, or plate').or(guard.locator('.code-input input')).first().fill('nobody knows');
    await guard.getByText('Nobody is turned away at this door').waitFor();
    await expectAccessible(guard);
    await guard.getByRole('button', { name: 'Somebody who was not announced' }).last().click();
    await guard.getByLabel('under 3').check();
    await guard.getByLabel('does not wake up').check();
    await expectAccessible(guard);
    if (shots) await guard.screenshot({ path: `${shots}/gate-questions.png`, fullPage: true });
    await guard.getByRole('button', { name: 'Which way in?' }).click();
    await guard.getByText('Straight to treatment').waitFor();
    await guard.getByText('No test.').or(guard.getByText('A test is taken beside')).first().waitFor();
    await guard.getByText(/Door [12]/).waitFor();
    await expectAccessible(guard);
    if (shots) await guard.screenshot({ path: `${shots}/gate-answer.png`, fullPage: true });
    await guard.getByRole('button', { name: 'Write them down and tell the ward' }).click();
    await guard.getByText(/^Written down as/).waitFor();

    const ward = await opened.people.at('ward', 'ward@institution:T-H1');
    await ward.getByRole('button', { name: 'Somebody who was not announced' }).click();
    await ward.getByLabel('grown-up').check();
    await ward.getByRole('button', { name: 'Which way in?' }).click();
    await ward.getByRole('button', { name: 'Receive them now' }).click();
    await ward.getByText(/^Received as/).waitFor();
    await ward.getByRole('button', { name: 'Next' }).click();
    await ward.getByLabel('Name', { exact: true }).fill('Known Later');
    await ward.getByLabel('Telephone').fill('13700045678');
    await expectAccessible(ward);
    if (shots) await ward.screenshot({ path: `${shots}/ward-unknown.png` });
    await ward.getByRole('button', { name: 'Keep it' }).click();
    await ward.getByRole('heading', { name: 'Known Later' }).waitFor();
    await ward.getByLabel('Pass, plate, name or code').fill('known later');
    await ward.getByRole('button', { name: 'Who is it?' }).click();
    await ward.getByRole('heading', { name: 'Known Later' }).waitFor();
  }, SLOW_MS);
});

describe('somebody whom a unit brings', () => {
  it('given the ward reads the plate of what stands before the door, then it has their request, and receives them in one press', async () => {
    const name = 'By The Plate';
    const { id, unit } = await sentFor(name);
    const ward = await opened.people.at('ward', WARD);
    // As the server foresees it: before anybody is aboard.
    await row(ward, name).getByText(/about \d\d:\d\d|\d\d:\d\d/).first().waitFor();
    const crew = await opened.served.as(`crew@unit:${unit}`);
    for (const step of ['aboard', 'atDestination']) await crew.post(`/api/journeys/${id}/report-mission`, { step });
    await ward.getByLabel('Pass, plate, name or code').fill(` ${unit.toLowerCase()} `);
    await ward.getByRole('button', { name: 'Who is it?' }).click();
    await panel(ward).getByRole('heading', { name }).waitFor();
    await ward.locator('body').press('r');
    await panel(ward).getByText('The ward has signed').waitFor();
    for (const step of ['handedOver', 'inService']) await crew.post(`/api/journeys/${id}/report-mission`, { step });
  }, SLOW_MS);
});

describe('a guard without a network', () => {
  it('given somebody stands at the door and the house cannot be asked, then the guard is told to let them in, and by which door', async () => {
    const guard = await opened.people.at('gate', 'gate@institution:T-H1');
    await guard.getByText('Expected today').or(guard.getByRole('heading', { level: 2 })).first().waitFor();
    await guard.context().setOffline(true);
    await guard.locator('.code-input input').fill('anybody');
    await guard.getByText('NO NETWORK – LET THEM IN').waitFor();
    await guard.getByText(/^Door 2|Door 2/).first().waitFor();
    await expectAccessible(guard);
    await guard.getByRole('button', { name: 'Somebody who was not announced' }).first().click();
    await guard.getByRole('button', { name: 'Which way in?' }).click();
    await guard.getByText('NO NETWORK – LET THEM IN').waitFor();
    await guard.context().setOffline(false);
    await guard.getByRole('button', { name: 'Which way in?' }).click();
    await guard.locator('.way-in').waitFor();
    // What is pressed next is read on the same black as the answer, also under a thumb.
    const button = guard.getByRole('button', { name: 'Write them down and tell the ward' });
    await button.hover();
    const colours = await button.evaluate((element) => { const { color, backgroundColor } = (globalThis as any).getComputedStyle(element); return [color, backgroundColor, (globalThis as any).getComputedStyle(element.closest('.answer')).backgroundColor]; });
    expect(colours[0]).not.toBe(colours[1]);
    expect(colours[1]).not.toBe(colours[2]);
  }, SLOW_MS);

  it('given they are found on the list, then how ill they are is a mark beside their name, and covers nothing', async () => {
    const name = 'Marked Beside';
    await sentFor(name);
    const guard = await opened.people.at('gate', 'gate@institution:T-H1');
    await guard.locator('.code-input input').fill(name);
    const mark = guard.locator('.way-in .acuity svg');
    await mark.waitFor();
    expect((await mark.boundingBox())!.width).toBeLessThan(48);
  }, SLOW_MS);
});
