import { describe, expect, it } from 'vitest';
import { ask, eventually, intake, playToTheEnd, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity } from './opened.ts';

const opened = openCity();

/** Brought by ambulance to the door of a hospital. */
async function atTheDoor(ageYears: number): Promise<{ id: string; unit: string; house: string; district: string }> {
  const { served } = opened;
  const { id } = await ask(served, intake({ need: 'emergency', findings: ['chestPain'], patientKind: 'greenCode', mobility: 'walks', ageYears }));
  const dispatcher = await served.as('dispatcher@city');
  const { unit } = (await dispatcher.post(`/api/journeys/${id}/send-unit`)).body.journey.mission;
  const crew = await served.as(`crew@unit:${unit}`);
  for (const step of ['aboard', 'atDestination']) await crew.post(`/api/journeys/${id}/report-mission`, { step });
  const house = (await crew.get(`/api/journeys/${id}`)).body.journey.institution.code as string;
  const district = served.server.city.institutions.get(house)!.district;
  return { id, unit, house, district };
}

describe('a refusal on the screens', () => {
  it('given the crew stands at a door that stays shut, when it taps so, then the officer sees the case, the house answers, and the officer decides', async () => {
    const { id, unit, house, district } = await atTheDoor(61);
    const crew = await opened.people.at('drive', `crew@unit:${unit}`);
    await crew.setViewportSize({ width: 360, height: 740 });
    await crew.getByRole('button', { name: 'The hospital does not take them' }).click();
    await crew.getByRole('button', { name: /test result/i }).first().click();
    await eventually(async () => ((await opened.served.database.pool.query('select from refusal_case where journey = $1', [id])).rowCount === 1 ? true : undefined), 20);
    await expectAccessible(crew);

    const ward = await opened.people.at('ward', `ward@institution:${house}`);
    await ward.getByRole('tab', { name: 'Refusals' }).click();
    await ward.getByRole('button', { name: 'Say how it was' }).click();
    await ward.getByLabel(/^How it was/).fill('The buffer room was being cleaned.');
    await ward.getByRole('button', { name: 'Send it to the district' }).click();
    await ward.getByText('The buffer room was being cleaned.').waitFor();

    const officer = await opened.people.at('office', `district@district:${district}`);
    await officer.getByRole('tab', { name: 'Refusals' }).click();
    const one = officer.getByRole('article').first();
    await one.getByText('never allowed').waitFor();
    await one.getByText(/on the way/).waitFor();
    await one.getByRole('button', { name: 'Take it', exact: true }).click();
    await one.getByText(/^Who had them/).click();
    await one.getByRole('button', { name: 'Decide' }).click();
    await one.getByLabel('It was a refusal').check();
    await one.getByLabel(/^Why/).fill('Crew and family say the same.');
    await expectAccessible(officer);
    await one.getByRole('button', { name: 'Decide' }).click();
    await one.getByText('It was a refusal:').waitFor();
    await officer.getByRole('rowheader').first().waitFor();
  });

  it('given somebody is not let in at home, when they tap so on their phone, then their committee sees it, with an owner and a clock', async () => {
    const { served } = opened;
    const resident = served.visitor();
    const { body } = await resident.post('/api/requests', intake({ need: 'generalOutpatient', ageYears: 40, patientKind: 'greenCode', mobility: 'walks' }));
    await resident.post('/api/my/sign-in', { token: body.token, phoneLast4: '5678' });
    let tapped = false;
    await playToTheEnd(served, body.journey.id, resident, async ({ step, holder }) => {
      if (tapped || step?.kind !== 'returnHome' || holder !== 'self') return;
      const phone = await opened.people.resident();
      await phone.goto(`${served.url}/my#${body.token}`);
      await phone.getByLabel('The last four digits').fill('5678');
      await phone.getByRole('button', { name: 'Show' }).click();
      await phone.getByRole('button', { name: 'They do not let me in at home' }).click();
      await phone.getByLabel('Comes from a hospital').check();
      await expectAccessible(phone);
      await phone.getByRole('button', { name: 'Report it' }).click();
      const committee = await opened.people.at('desk', `committee@town:${TOWN}`);
      const gates = committee.getByRole('region', { name: 'Not let in at our gates' });
      await gates.getByText('The gate has to be opened.').waitFor();
      await gates.getByText(/nobody by name yet/).waitFor();
      tapped = true;
    });
    expect(tapped).toBe(true);
  });

  it('given a reader without an account and without scripts, then the record can be read', async () => {
    const context = await opened.browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${opened.served.url}/refusals`);
    expect(await page.title()).toBe('拒收记录');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Refusals on record' }).waitFor();
    await context.close();
  });
});
