import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, eventually, intake, submit, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { drive, fetchAndBring, row } from './people.ts';


const opened = openCity();
const contexts: BrowserContext[] = [];

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

let patients = 0;
/** A child with fever in a closed area: fetched and brought home by a special car. */
const fever = (more: object = {}): Record<string, unknown> => intake({
  person: { name: `Fever ${++patients}`, phone: '13700005678' }, ageYears: 2, groups: ['child'], findings: ['fever'], patientKind: 'highRiskArea', ...more,
});

async function act(post: string, journey: string, command: string, body: object = {}): Promise<void> {
  const { status, body: answer } = await (await opened.served.as(post)).post(`/api/journeys/${journey}/${command}`, body);
  if (status !== 200) throw new Error(`${command}: ${JSON.stringify(answer)}`);
}

/** Let out, and given a car; the place is named by the software, a moment after the request. */
async function approved(journey: string): Promise<string> {
  const committee = `committee@town:${TOWN}`;
  await eventually(async () => ((await lookAt(journey)).step?.kind === 'release' ? true : undefined));
  await act(committee, journey, 'release');
  await act(committee, journey, 'assign-car', { leg: 'out' });
  return (await lookAt(journey)).out!.car!;
}

const lookAt = async (journey: string) => (await (await opened.served.as(`committee@town:${TOWN}`)).get(`/api/journeys/${journey}`)).body.journey;

async function phone(): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
  context.setDefaultTimeout(15_000);
  contexts.push(context);
  return context.newPage();
}

describe('special cars in the closed loop, on the screens of those who send, drive and wait for them', () => {
  it('given two requests, when the committee approves them with one tap each and plans anew, then the day shows who rides with which car', async () => {
    const first = await submit(opened.served, fever());
    const second = await submit(opened.served, fever());
    const desk = await opened.people.at('desk', `committee@town:${TOWN}`);
    for (const { person: { name } } of [first, second]) {
      await row(desk, name).getByRole('button', { name: `Let them out: ${name}` }).click();
      await row(desk, name).getByRole('button', { name: `Send the recommended car: ${name}` }).click();
      await desk.locator('.gantt').getByRole('button', { name: new RegExp(`^${name} to care`) }).waitFor();
    }
    await desk.getByRole('button', { name: 'Plan the day anew' }).click();
    await desk.locator('.replan').getByText(/has another time|have another time/).waitFor();
    await expectAccessible(desk);
    await desk.getByRole('button', { name: 'List', exact: true }).click();
    await desk.locator('.car-list').getByText(`Pick up ${first.person.name}`).first().waitFor();
    await expectAccessible(desk);
  }, SLOW_MS);

  it('given no network, when the driver opens the page and taps three times, then the server has the true times in order afterwards', async () => {
    const journey = await submit(opened.served, fever());
    const { name } = journey.person;
    const car = await approved(journey.id);
    const driver = await opened.people.at('drive', `driver@car:${car}`);
    await driver.getByText(name).first().waitFor();
    await driver.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await driver.reload();
    await driver.getByText(name).first().waitFor();

    await driver.context().setOffline(true);
    const reloaded = await driver.reload();
    expect(reloaded?.fromServiceWorker()).toBe(true);
    await expect(driver.evaluate(`fetch('/api/me').then(() => 'answered')`)).rejects.toThrow();
    await fetchAndBring(driver, name, 'Handed over to the hospital’s desk');
    await driver.getByText(/^Not sent yet: 3, since/).waitFor();
    expect((await lookAt(journey.id)).out.times.atDoor, 'the server cannot know').toBeUndefined();
    await expectAccessible(driver);
    await driver.getByRole('button', { name: 'Sign out' }).click();
    await driver.getByRole('alert').getByText('3 reports have not been sent yet').waitFor();

    // A second page load without a network forgets nothing.
    await driver.reload();
    await driver.getByText(/^Not sent yet: 3, since/).waitFor();
    await driver.context().setOffline(false);
    await driver.getByText(/^Not sent yet/).waitFor({ state: 'detached', timeout: 30_000 });
    const { times } = (await lookAt(journey.id)).out;
    expect(times.atDoor).toBeLessThanOrEqual(times.aboard);
    expect(times.aboard).toBeLessThanOrEqual(times.arrived);
    expect(await driver.getByText(/^Not accepted/).count()).toBe(0);

    await driver.getByRole('button', { name: 'Sign out' }).click();
    await driver.waitForURL('**/demo');
    expect(await driver.evaluate(countKept), 'nothing of the shift stays on the phone').toBe(0);
  }, SLOW_MS);

  it('given no network, when a crew presses on, then every status reaches the centre afterwards in its order', async () => {
    const journey = await submit(opened.served, intake({ person: { name: 'Chest pain', phone: '13700005678' }, need: 'emergency', ageYears: 58, findings: ['chestPain'], patientKind: 'highRiskArea' }));
    await act('dispatcher@city#A', journey.id, 'send-unit');
    const { unit } = (await lookAt(journey.id)).mission;
    const crew = await opened.people.at('drive', `crew@unit:${unit}`);
    await drive(crew, ['Accept the mission']);
    await crew.getByRole('button', { name: 'On the way', exact: true }).waitFor();
    await crew.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await crew.reload();
    await crew.getByRole('button', { name: 'On the way', exact: true }).waitFor();
    // What is seen is written a moment later; before that, the phone knows what it knew then.
    await eventually(async () => ((await crew.evaluate<string>(kept)).includes('acknowledged') ? true : undefined));
    await crew.context().setOffline(true);
    await crew.reload();
    await drive(crew, ['On the way', 'At the gate', 'With the patient', 'Patient aboard']);
    await crew.getByText(/^Not sent yet: 4, since/).waitFor();
    const { body: { at: backAt } } = await opened.served.visitor().get('/api/city');
    await crew.context().setOffline(false);
    await crew.getByText(/^Not sent yet/).waitFor({ state: 'detached', timeout: 30_000 });
    const { times } = (await lookAt(journey.id)).mission;
    expect(Object.keys(times).sort()).toEqual(['aboard', 'acknowledged', 'atGate', 'atPatient', 'enRoute', 'sent']);
    expect(times.aboard, 'when it was pressed, not when it came').toBeLessThanOrEqual(backAt);
    expect(await crew.getByText(/^Not accepted/).count()).toBe(0);
  }, SLOW_MS);

  it('given a car on its way, when the resident passes on the link, then the family sees when it comes, and nothing once the ride is over', async () => {
    const { id, resident } = await ask(opened.served, fever());
    const car = await approved(id);
    const { body: { url } } = await resident.post(`/api/journeys/${id}/share-ride`, { leg: 'out' });
    const family = await phone();
    await family.goto(new URL(url, opened.served.url).href);
    await family.getByRole('heading', { name: 'Where the car is' }).waitFor();
    await family.getByText(/^Comes at \d\d:\d\d$/).waitFor();
    expect(family.url(), 'the token is not in the address').not.toContain('#');
    expect(await family.locator('main').innerText()).not.toContain('Fever');
    await expectAccessible(family);

    const driver = await opened.served.as(`driver@car:${car}`);
    for (const step of ['atDoor', 'aboard', 'arrived']) await act(`driver@car:${car}`, id, 'report-ride', { leg: 'out', step });
    expect((await driver.get('/api/my-rides')).status).toBe(200);
    await family.reload();
    await family.getByText('The ride is over').waitFor();
    await expectAccessible(family);
  }, SLOW_MS);
});

/** In the browser: what a page opened without a network would show. */
const kept = `new Promise((resolve, reject) => {
  const request = indexedDB.open('greenlane-shift', 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const rows = request.result.transaction('kept').objectStore('kept').getAll();
    rows.onsuccess = () => { request.result.close(); resolve(JSON.stringify(rows.result)); };
  };
})`;

/** In the browser: rows of the shift's database. */
const countKept = `new Promise((resolve, reject) => {
  const request = indexedDB.open('greenlane-shift', 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction(['kept', 'outbox']);
    let count = 0;
    for (const store of ['kept', 'outbox']) all.objectStore(store).count().onsuccess = (event) => { count += event.target.result; };
    all.oncomplete = () => resolve(count);
  };
})`;
