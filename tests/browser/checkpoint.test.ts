import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { QR_PREFIX, qrDigitsOf } from '../../src/passes/index.ts';
import { eventually, intake, submit, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { launchBrowser } from '../browser.ts';
import { filmOf } from './film.ts';
import { openCity, SLOW_MS } from './opened.ts';
import { open, People } from './people.ts';

const opened = openCity();
const COMMITTEE = `committee@town:${TOWN}`;
const OFFICER = 'checkpoint@checkpoint:410102';

/** The pass of somebody who was let out, as a phone shows it. */
async function passOf(name: string): Promise<{ readonly id: string; readonly code: string; readonly jws: string }> {
  const { id } = await submit(opened.served, intake({ person: { name, phone: '13700005678' }, ageYears: 30, findings: ['fever'], patientKind: 'highRiskArea' }));
  const committee = await opened.served.as(COMMITTEE);
  return eventually(async () => {
    const { journey } = (await committee.get(`/api/journeys/${id}`)).body;
    if (journey.step?.kind === 'release') await committee.post(`/api/journeys/${id}/release`);
    const shown = await committee.get(`/api/journeys/${id}/pass`);
    return shown.status === 200 ? { id, ...shown.body } : undefined;
  }, 20);
}

async function checked(officer: Page, text: string): Promise<string> {
  const field = officer.getByLabel('Pass code');
  await field.fill('');
  await field.fill(text);
  if (!text.includes('.') && !text.startsWith(QR_PREFIX)) await officer.getByRole('button', { name: 'Check', exact: true }).click();
  return (await officer.locator('.answer').innerText()).replace(/\s+/g, ' ');
}

describe('a roadblock', () => {
  it('given no network, when passes are scanned, then each is told apart by the phone alone, and every look reaches the record afterwards with its time', async () => {
    const [good, withdrawn] = [await passOf('Goes by day'), await passOf('Stays after all')];
    const committee = await opened.served.as(COMMITTEE);
    expect((await committee.post(`/api/journeys/${withdrawn.id}/revoke-pass`, { reason: 'stays at home' })).status).toBe(200);
    const officer = await opened.people.at('checkpoint', OFFICER);
    await officer.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await officer.reload();
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    expect(await checked(officer, good.code)).toContain('LET PASS');
    await expectAccessible(officer);

    await officer.context().setOffline(true);
    const reloaded = await officer.reload();
    expect(reloaded?.fromServiceWorker()).toBe(true);
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    const scanned = await checked(officer, QR_PREFIX + qrDigitsOf(good.jws));
    expect(scanned).toContain('LET PASS');
    await expectAccessible(officer);
    expect(scanned).toContain('Goes by day');
    expect(scanned).toContain('Checked by this phone without a network');
    expect(await checked(officer, withdrawn.jws)).toContain('This pass was withdrawn');
    const [head, , signature] = good.jws.split('.');
    expect(await checked(officer, `${head}.AAAA.${signature}`)).toContain('changed after it was signed');
    expect(await checked(officer, good.code)).toContain('Scan the pass, or call');
    await expectAccessible(officer);
    await officer.getByText(/^Not sent yet: 4, since/).waitFor();
    const { body: { at: backAt } } = await opened.served.visitor().get('/api/city');

    await officer.context().setOffline(false);
    await officer.getByText(/^Not sent yet/).waitFor({ state: 'detached', timeout: 30_000 });
    const { rows } = await opened.served.database.pool.query('select answer, at, received_at from pass_check where received_at > at order by at');
    expect(rows.map(({ answer }) => answer)).toEqual(['valid', 'withdrawn', 'altered', 'noNetwork']);
    for (const { at } of rows) expect(Number(at)).toBeLessThanOrEqual(backAt);
  }, SLOW_MS);

  it('given one pass is shown in two far places within minutes, then the second officer hears it', async () => {
    const { jws } = await passOf('Shown twice');
    const far = await opened.served.as('checkpoint@checkpoint:410185');
    expect((await far.post('/api/passes/check', { jws })).body.answer).toBe('valid');
    const officer = await opened.people.at('checkpoint', OFFICER);
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    await officer.getByLabel('Pass code').fill(jws);
    await officer.getByText('shown elsewhere too short a time ago').waitFor();
    expect(await officer.locator('.answer').innerText()).toContain('ASK FIRST');
  }, SLOW_MS);

  it('given a camera sees a pass, then it is read and answered without a press, also where there is no network', async () => {
    const { jws } = await passOf('Seen by a camera');
    const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-film-'));
    const film = path.join(folder, 'pass.y4m');
    filmOf(film, [{ data: Buffer.from(QR_PREFIX), mode: 'byte' }, { data: qrDigitsOf(jws), mode: 'numeric' }]);
    const browser = await launchBrowser(film);
    try {
      const people = new People(browser, opened.served);
      const officer = await people.at('checkpoint', OFFICER);
      await officer.getByText(/^List of withdrawn passes of/).waitFor();
      for (const offline of [false, true]) {
        if (offline) await officer.getByRole('button', { name: 'Clear' }).click();
        await officer.context().setOffline(offline);
        await officer.getByRole('button', { name: 'Scan' }).click();
        await officer.getByText('LET PASS').waitFor();
        expect(await officer.locator('.answer').innerText()).toContain('Seen by a camera');
      }
      await officer.getByText('Checked by this phone without a network').waitFor();
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, SLOW_MS);

  it('given a reader types a pass letter by letter, some other code, or a code typed wrong, then one look is written down, and the officer hears what to do', async () => {
    const { jws } = await passOf('Read by a reader');
    const officer = await opened.people.at('checkpoint', OFFICER);
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    const looks = async (): Promise<number> => Number((await opened.served.database.pool.query('select count(*) as looks from pass_check')).rows[0].looks);
    const before = await looks();
    await officer.getByLabel('Pass code').pressSequentially(QR_PREFIX + qrDigitsOf(jws));
    await officer.getByText('LET PASS').waitFor();
    await eventually(async () => ((await looks()) === before + 1 ? true : undefined));
    expect(await checked(officer, 'https://example.org/menu')).toContain('some other code');
    await officer.getByLabel('Pass code').fill('ABCD 2340');
    await officer.getByRole('button', { name: 'Check', exact: true }).click();
    await officer.getByText('never 0, O, 1, I, L or U').waitFor();
  }, SLOW_MS);

  it('given no network for two days, or a phone whose clock fell back, then the list is still there, its age and the phone\'s own time are said', async () => {
    const { jws } = await passOf('Days without a line');
    const officer = await opened.people.at('checkpoint', OFFICER);
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    await officer.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await officer.reload();
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    const reloadWithClock = async (days: number): Promise<void> => {
      await officer.addInitScript(`{ const before = Date.now.bind(Date); Date.now = () => before() + ${days * 86_400_000}; }`);
      await officer.reload();
    };
    await officer.context().setOffline(true);
    await reloadWithClock(-5);
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    expect(await checked(officer, jws)).toContain('LET PASS');
    await reloadWithClock(7);
    await officer.getByText('A pass may have been withdrawn since.').waitFor();
    const ended = await checked(officer, jws);
    expect(ended).toContain('This pass has ended');
    expect(ended).toContain('This phone\'s clock says');
  }, SLOW_MS);

  it('given somebody holds out their phone or their paper, then the pass is on it, and nothing of what they are ill with', async () => {
    const { token, journey: { id } } = (await opened.served.visitor().post('/api/requests', intake({ person: { name: 'Shown At The Gate', phone: '13700005678' }, ageYears: 30, findings: ['fever'], patientKind: 'highRiskArea', companion: 'her daughter' }))).body;
    const committee = await opened.served.as(COMMITTEE);
    const { code } = await eventually(async () => {
      const { journey } = (await committee.get(`/api/journeys/${id}`)).body;
      if (journey.step?.kind === 'release') await committee.post(`/api/journeys/${id}/release`);
      const shown = await committee.get(`/api/journeys/${id}/pass`);
      return shown.status === 200 ? shown.body : undefined;
    }, 20);
    const phone = await opened.people.resident();
    await phone.goto(`${opened.served.url}/my#${token}`);
    await phone.getByLabel('The last four digits').fill('5678');
    await phone.getByRole('button', { name: 'Show', exact: true }).click();
    await phone.getByRole('button', { name: 'Show the pass' }).waitFor();
    const withoutIllness = async (): Promise<void> => {
      const seen = await phone.locator('body').innerText();
      expect(seen).toContain(code);
      expect(seen).toContain('Shown At The Gate');
      expect(seen).toContain('her daughter');
      expect(seen).not.toMatch(/fever|urgent|buffer|test/i);
    };
    await phone.emulateMedia({ media: 'print' });
    await withoutIllness();
    await phone.emulateMedia({ media: 'screen' });
    await phone.getByRole('button', { name: 'Show the pass' }).click();
    await phone.getByRole('heading', { name: 'Travel pass for care' }).waitFor();
    expect(await phone.getByRole('img', { name: /^Travel pass/ }).count()).toBe(2);
    await withoutIllness();
    await expectAccessible(phone);
    await phone.getByRole('button', { name: 'Back' }).click();
    await phone.getByRole('heading', { name: 'All steps' }).waitFor();
  }, SLOW_MS);

  it('given somebody has no phone, then their committee gives them the pass on paper, and nothing of what they are ill with', async () => {
    const { code } = await passOf('Has No Phone');
    const desk = await opened.people.at('desk', COMMITTEE);
    const panel = await open(desk, 'Has No Phone');
    await panel.getByRole('button', { name: 'Pass on paper' }).click();
    const sheet = desk.getByRole('dialog', { name: 'Travel pass for care' });
    await sheet.getByRole('img', { name: 'QR code of Has No Phone' }).waitFor();
    await expectAccessible(desk);
    await desk.emulateMedia({ media: 'print' });
    const printed = await desk.locator('body').innerText();
    expect(printed).toContain(code);
    expect(printed).not.toMatch(/fever|urgent|buffer|test/i);
    await desk.emulateMedia({ media: 'screen' });
    await sheet.getByRole('button', { name: 'Back' }).click();
    await sheet.waitFor({ state: 'detached' });
  }, SLOW_MS);

  it('given the server is not well, then the phone answers by itself, and the look is sent when it is', async () => {
    const { jws } = await passOf('While it is not well');
    const officer = await opened.people.at('checkpoint', OFFICER);
    await officer.getByText(/^List of withdrawn passes of/).waitFor();
    await officer.route('**/api/passes/check', (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }));
    expect(await checked(officer, jws)).toContain('LET PASS');
    await officer.getByText('Checked by this phone without a network').waitFor();
    expect(await officer.getByText('NO ANSWER').count()).toBe(0);
    await officer.getByText(/^Not sent yet: 1, since/).waitFor();
    await officer.unroute('**/api/passes/check');
    await officer.getByText(/^Not sent yet/).waitFor({ state: 'detached', timeout: 30_000 });
  }, SLOW_MS);
});
