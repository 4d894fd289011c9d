import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ask, intake } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { open, panel } from './people.ts';

/** A check walks every combination there is; a busy machine takes its time. */
const CHECK_MS = 60_000;
const HIGH_RISK = 'ZZ-7-high-risk';

const opened = openCity();


const tab = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('tab', { name }).click();
const version = (page: Page, name: RegExp): Locator => page.locator('.period', { hasText: name });
const text = (page: Page): Locator => page.getByLabel('Text of the announcement');

/** The announcement with one measure written otherwise, under another version. */
function rewritten(whole: string, id: string, rooms: string, then: string, version: string): string {
  const start = whole.indexOf(`- id: ${id}`);
  const end = whole.indexOf('- id:', start + 1);
  const measure = whole.slice(start, end).replace(/rooms: .*/, `rooms: [${rooms}]`).replace(/then: .*/, `then: { ${then} }`);
  return (whole.slice(0, start) + measure + whole.slice(end)).replace(/^version: .*/m, `version: '${version}'`);
}

async function store(page: Page, whole: string): Promise<void> {
  await text(page).fill(whole);
  await page.getByRole('button', { name: 'Store as a draft' }).click();
}

/** Waits for the check of the version that is open, and stands on what it found. */
async function checked(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /^Check \(\d+\)/ }).click({ timeout: CHECK_MS });
}

describe('the office', () => {
  it('given a draft with a hole, when the planner mends what the check showed and a second person adopts it, then the city decides by it', async () => {
    const { id: journey } = await ask(opened.served, intake({ need: 'generalOutpatient', patientKind: 'highRiskArea', findings: [] }));
    const planner = await opened.people.at('office', 'planner@city');
    await planner.getByRole('heading', { name: /^Care in the main urban districts/ }).waitFor();
    await planner.getByRole('button', { name: 'Write a new version from this' }).click();
    await text(planner).waitFor();
    const announced = await text(planner).inputValue();

    // What cannot be read is said line by line, and nothing is lost.
    await store(planner, rewritten(announced, HIGH_RISK, 'passes', 'transport: feet', '2'));
    await planner.getByText(/^The text cannot be taken yet/).waitFor();
    await planner.getByRole('button', { name: /^Line \d+, column \d+: .*feet/ }).click();
    expect(await text(planner).evaluate((field: { value: string; selectionStart: number }) => field.value.slice(field.selectionStart))).toMatch(/^feet/);
    await expectAccessible(planner);

    // What leaves somebody without care is shown with the case.
    await store(planner, rewritten(announced, HIGH_RISK, 'passes', 'transport: own, release: true', '2'));
    await checked(planner);
    const fault = planner.locator('.findings > li', { hasText: 'somebody who may not move about is told to travel on their own' });
    await fault.getByText('in a high-risk area').waitFor();
    const blocked = planner.locator('.findings > li', { hasText: 'a test, a code or an area alone' }).first();
    await blocked.getByRole('button', { name: 'Try this case' }).click();
    await planner.getByText('This is the case of the finding').waitFor();
    await planner.getByRole('button', { name: 'Decide' }).click();
    await planner.locator('.decided').getByText('On their own').first().waitFor();
    await expectAccessible(planner);
    await tab(planner, 'Adopt');
    await planner.getByText('The city command centre adopts').waitFor();
    expect(await planner.getByRole('button', { name: 'Adopt this version' }).count()).toBe(0);

    // Mended: what was written is taken up again, the draft with the hole is withdrawn.
    await planner.getByRole('button', { name: 'Withdraw the draft' }).click();
    await planner.getByRole('dialog').getByRole('button', { name: 'Withdraw it' }).click();
    await planner.getByText('Withdrawn. It stays on record.').waitFor();
    await planner.getByRole('button', { name: 'Write a draft' }).click();
    await store(planner, rewritten(announced, HIGH_RISK, 'trips, passes, reception', 'transport: specialCar, closedLoop: true, release: true, greenChannel: true', '3'));
    await checked(planner);
    await planner.getByText('Nothing found.').waitFor();
    await expectAccessible(planner);

    // The second person reads who is treated otherwise, and for how many, before the button.
    const reader = await opened.people.at('office', 'district@district:410102');
    await tab(reader, 'Policies');
    await reader.locator('.policy').getByText('In force').waitFor();
    const second = await opened.people.at('office', 'city@city');
    await tab(second, 'Policies');
    await version(second, /version 3/).click();
    await tab(second, 'What changes');
    await second.locator('.changes').getByText('green channel', { exact: false }).first().waitFor({ timeout: CHECK_MS });
    await second.getByText('1 of 1 open requests would be treated differently.').waitFor();
    await expectAccessible(second);
    await tab(second, 'Adopt');
    await second.getByText('All 1 open requests are asked again; for 1 of them something changes').waitFor({ timeout: CHECK_MS });
    await expectAccessible(second);
    await second.getByRole('button', { name: 'Adopt this version' }).click();
    await second.getByText('Adopted. 1 open requests are being asked again.').waitFor();
    await version(second, /In force · version 3/).waitFor();
    await version(planner, /In force · version 3/).waitFor();
    await planner.getByText('Ended and withdrawn: 2').click();
    await version(planner, /Ended · version 1/).waitFor();

    // Whoever was reading the earlier one goes on reading it, and sees what became of it.
    await reader.locator('.policy').getByText(/replaced by version 3/).waitFor();

    // Who waits for care is opened.served under the new rule, and what the old one would have done can be asked.
    await expect.poll(async () => ((await (await opened.served.as('city@city')).get(`/api/journeys/${journey}`)).body.journey.policy.version as string), { timeout: CHECK_MS }).toMatch(/^3/);
  }, 2 * SLOW_MS);

  it('given findings that are left, when the adopter writes no reason, then each is asked for by name; the author alone adopts nothing', async () => {
    const author = await opened.people.at('office', 'city@city');
    await tab(author, 'Policies');
    await author.getByRole('button', { name: 'Write a new version from this' }).click();
    await text(author).waitFor();
    const announced = await text(author).inputValue();
    await store(author, rewritten(announced, HIGH_RISK, 'passes', 'transport: own, release: true', 'own-way'));
    await checked(author);
    await tab(author, 'Adopt');
    await author.getByText('You wrote this version yourself').waitFor();

    const second = await opened.people.at('office', 'city@city#B');
    await tab(second, 'Policies');
    await version(second, /version own-way/).click();
    await tab(second, 'Adopt');
    await second.getByRole('button', { name: 'Adopt this version' }).click();
    const reasons = second.getByRole('textbox', { name: 'Why it is adopted all the same' });
    expect(await second.getByText('This is needed').count()).toBe(await reasons.count());
    await expectAccessible(second);
    expect(await reasons.first().evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  }, SLOW_MS);

  it('given an announcement, when its end is moved, then that is a draft for a second person and the present end still holds', async () => {
    const planner = await opened.people.at('office', 'planner@city');
    await planner.getByRole('button', { name: 'Change the end' }).click();
    const dialog = planner.getByRole('dialog');
    await dialog.getByText('until then the present end holds').waitFor();
    await expectAccessible(planner);
    await dialog.getByLabel('Last day', { exact: true }).fill('2022-12-03');
    await dialog.getByRole('button', { name: 'Write this draft' }).click();
    await planner.getByText('Draft stored.').waitFor();
    await planner.locator('.policy').getByText('Dec 3, 2022 24:00').waitFor();
    await version(planner, /In force/).getByText('Nov 29, 2022 24:00').waitFor();
  }, SLOW_MS);

  it('given a journey, when the command centre asks what other rules would have done, then each decision stands beside the other', async () => {
    const name = 'Resident in a closed loop';
    await ask(opened.served, intake({ need: 'generalOutpatient', patientKind: 'isolationPoint', person: { name, phone: '13700005678' } }));
    const planner = await opened.served.as('planner@city');
    const [{ id, version: inForce }] = (await planner.get('/api/policies')).body.policies.filter(({ state }: { state: string }) => state === 'inForce');
    const { text: whole } = (await planner.get(`/api/policies/${id}/${inForce}`)).body as { text: string };
    const { body } = await planner.post('/api/policies', { text: rewritten(whole, 'ZZ-7-isolation', 'passes', 'transport: own, release: true', 'rehearsed') });

    const desk = await opened.people.at('desk', 'district@district:410102');
    await open(desk, name);
    await panel(desk).getByText('What another rule would have done').click();
    await panel(desk).getByLabel('Under').selectOption(`${id}@${body.policy.version}`);
    await panel(desk).getByText(/^Different: .*way there/).waitFor();
    await panel(desk).locator('.was-now').getByText('On their own').waitFor();
    await expectAccessible(desk);
  }, SLOW_MS);

  it.each(['wide', 'narrow'] as const)('given a %s screen, then reading, trying and writing are there for everybody, by night and in Chinese, by keyboard too', async (width) => {
    const planner = await opened.people.at('office', 'planner@city');
    if (width === 'narrow') await planner.setViewportSize({ width: 360, height: 740 });
    await planner.getByRole('button', { name: 'Dark' }).click();
    await planner.getByRole('button', { name: '中文' }).click();
    await version(planner, /正在施行/).focus();
    await planner.keyboard.press('Enter');
    await planner.getByLabel('在本政策中查找').fill('ZZ-7-high-risk');
    await planner.getByText('条措施中的1条').waitFor();
    await expectAccessible(planner);
    await planner.getByRole('tab', { name: '措施' }).focus();
    for (const press of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await planner.keyboard.press(press);
    await planner.getByRole('button', { name: '作出决定' }).click();
    await planner.locator('.decided').getByText('责任人').waitFor();
    await expectAccessible(planner);
  }, SLOW_MS);
});
