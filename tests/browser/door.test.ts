import { describe, expect, it } from 'vitest';
import { ask, intake, startCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { drive, open, panel, row } from './people.ts';

const opened = openCity(() => startCity({ city: 'toytown' }));
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
