import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signMessage } from '../../src/server/call-line/signature.ts';
import { ask, intake, startCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { panel } from './people.ts';

const SECRET = randomBytes(32);
const opened = openCity(() => startCity({ settings: { callSecrets: [SECRET] } }));
const SHOTS = process.env['SCREENSHOTS'];

let messages = 0;
async function exchange(event: string, call: string, from: string, line = 'medicalLine'): Promise<void> {
  const body = JSON.stringify({ event, call, at: Date.now(), line, from });
  const [id, seconds] = [`msg-${messages++}`, Math.floor(Date.now() / 1_000)];
  const { status } = await opened.served.visitor().send('POST', '/api/calls/events', body, { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signMessage(id, seconds, body, SECRET) });
  expect(status).toBe(200);
}

/** In both languages and at both sizes, to be looked at by a person. */
async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const [width, height] of [[1280, 800], [1920, 1080]] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

describe('the caller’s desk', () => {
  it('given a call rings, then it is answered, the person found by their number, handed to 120 in one press, and the desk sees who took it', async () => {
    const { id } = await ask(opened.served, intake({ person: { name: 'Resident 0077', phone: '13700775678' }, need: 'generalOutpatient', complaint: 'dizzy since yesterday' }));
    const desk = await opened.people.at('hotline', 'hotline@city');
    await exchange('ringing', 'pbx-1', '13700775678');
    const call = desk.getByRole('listitem').filter({ hasText: '13700775678' });
    await call.getByRole('button', { name: 'Answer' }).click();
    const current = desk.getByRole('region', { name: 'The call you are in' });
    await current.getByText('13700775678').waitFor();
    await desk.locator('.row', { hasText: 'Resident 0077' }).locator('.row-open').click();
    await panel(desk).getByRole('heading', { name: 'Resident 0077' }).waitFor();
    await current.getByText('About Resident 0077').waitFor();
    await desk.getByRole('region', { name: 'Read this out' }).getByText(id).waitFor();
    await expectAccessible(desk);
    await shoot(desk, 'hotline-talking-en');
    await current.getByRole('button', { name: 'Hand over to 120' }).click();
    await shoot(desk, 'hotline-handing-en');
    await current.getByRole('button', { name: 'chest pain' }).click();
    await current.getByText('On the board of 120').waitFor();

    const board = await opened.served.as('dispatcher@city#A');
    expect((await board.post(`/api/journeys/${id}/send-unit`, {})).status).toBe(200);
    await current.getByText(/has taken it: unit/).waitFor();
    await shoot(desk, 'hotline-taken-en');
    await desk.evaluate(() => localStorage.setItem('greenlane.language', 'zh-CN'));
    await desk.reload();
    await desk.getByRole('region', { name: '正在通话' }).waitFor();
    await shoot(desk, 'hotline-taken-zh');
    await desk.evaluate(() => localStorage.setItem('greenlane.language', 'en'));
    await desk.reload();
    await exchange('ended', 'pbx-1', '13700775678');
    await desk.getByRole('region', { name: 'The call you are in' }).waitFor({ state: 'detached' });
  }, SLOW_MS);

  it('given another caller hung up, then they are owed a call, are called back and written down, while the interview runs beside the call', async () => {
    const desk = await opened.people.at('hotline', 'hotline@city');
    await exchange('ringing', 'pbx-2', '13700110022');
    await exchange('ended', 'pbx-2', '13700110022');
    const owed = desk.getByRole('listitem').filter({ hasText: '13700110022' });
    await owed.getByText('hung up before anybody answered').waitFor();
    await owed.getByRole('button', { name: 'Not reached' }).click();
    await owed.getByText('tried 1 ×').waitFor();
    await owed.getByRole('button', { name: 'Reached', exact: true }).click();
    await owed.waitFor({ state: 'detached' });

    await desk.getByLabel('Number of the caller').fill('13700110022');
    await desk.getByRole('button', { name: 'Take this call' }).click();
    await desk.getByRole('region', { name: 'The call you are in' }).waitFor();
    await desk.keyboard.press('c');
    await desk.getByRole('form').or(desk.locator('.new-request')).first().waitFor();
    await shoot(desk, 'hotline-interview-en');
  }, SLOW_MS);

  it('given somebody without a telephone has an appointment, then it is found, moved and given back for them', async () => {
    const desk = await opened.served.as('hotline@city');
    const { seats } = (await desk.get(`/api/appointments/free?service=generalOutpatient&from=${(await desk.get('/api/calls')).body.at + 3 * 86_400_000}`)).body;
    const booked = await desk.post('/api/appointments', { slot: seats[0].slot, care: intake({ person: { name: 'Resident 0088', phone: '13700885678' }, need: 'generalOutpatient' }) });
    expect(booked.status).toBe(201);
    const page = await opened.people.at('hotline', 'hotline@city');
    await page.getByRole('searchbox').fill('Resident 0088');
    const appointment = page.getByRole('region', { name: 'Appointments and places in line' }).getByRole('listitem').filter({ hasText: 'Resident 0088' });
    await appointment.getByRole('button', { name: 'Another time' }).click();
    await appointment.getByRole('listitem').first().waitFor();
    await shoot(page, 'hotline-appointment-en');
    await appointment.getByRole('button', { name: 'Cancel it' }).click();
    await appointment.getByLabel('Why').fill('cannot come');
    await appointment.getByRole('button', { name: 'Cancel it' }).last().click();
    await appointment.waitFor({ state: 'detached' });
  }, SLOW_MS);
});

describe('the duty line of an institution', () => {
  it('given a hole in the week, then it is in sight, owned, and closed with one form', async () => {
    const office = await opened.served.as('city@city');
    const { lines } = (await office.get('/api/duty')).body;
    const { institution } = lines.find((line: { gaps: unknown[] }) => line.gaps.length > 0);
    const ward = await opened.people.at('ward', `ward@institution:${institution}`);
    await ward.getByRole('tab', { name: 'Duty line' }).click();
    const hole = ward.getByRole('button', { name: /^Nobody answers from/ });
    await hole.first().waitFor();
    await expectAccessible(ward);
    await shoot(ward, 'ward-line-en');
    const before = await hole.count();
    await hole.first().click();
    const form = ward.getByRole('form', { name: 'A new shift' });
    await form.getByLabel('Who answers').fill('duty X');
    await form.getByLabel('Their telephone').fill('000-0001-5');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => hole.count()).toBeLessThan(before);
    await ward.getByRole('button', { name: 'From a table' }).click();
    const table = ward.getByRole('form', { name: 'From a table' });
    await table.getByRole('textbox').fill('from,to,dutyPerson,phone\ntomorrow,2022-11-25 20:00,A,1\n');
    await table.getByRole('button', { name: 'Look at it first' }).click();
    await table.getByText('Line 2, column 1:').waitFor();
    await ward.evaluate(() => localStorage.setItem('greenlane.language', 'zh-CN'));
    await ward.reload();
    await ward.getByRole('tab', { name: '值班热线' }).click();
    await ward.getByText('一周排班').first().waitFor();
    await shoot(ward, 'ward-line-zh');
    await ward.evaluate(() => localStorage.setItem('greenlane.language', 'en'));
  }, SLOW_MS);

  it('given calls of the day, then the office sees how the lines answer, hour by hour, and which will have nobody', async () => {
    for (const [index, institution] of ['ZZ-H-001', 'ZZ-H-002'].entries()) {
      for (let call = 0; call < 6; call++) {
        await exchange('ringing', `heat-${index}-${call}`, `1370000${index}00${call}`, institution);
        await exchange(call % 3 ? 'answered' : 'ended', `heat-${index}-${call}`, `1370000${index}00${call}`, institution);
      }
    }
    const office = await opened.people.at('office', 'city@city');
    await office.getByRole('tab', { name: 'Medical lines' }).click();
    await office.getByRole('group', { name: /Calls by line and hour/ }).waitFor();
    await office.getByRole('region', { name: 'Medical lines' }).getByRole('row').nth(1).waitFor();
    await expectAccessible(office);
    await shoot(office, 'office-lines-en');
    await office.evaluate(() => localStorage.setItem('greenlane.language', 'zh-CN'));
    await office.reload();
    await office.getByRole('tab', { name: '医疗热线' }).click();
    await office.getByRole('group').first().waitFor();
    await shoot(office, 'office-lines-zh');
  }, SLOW_MS);
});
