import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { QR_PREFIX, qrDigitsOf } from '../../src/passes/index.ts';
import { eventually, intake, submit, TOWN } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

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
});
