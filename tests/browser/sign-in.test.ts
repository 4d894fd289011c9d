import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { startCity, type RunningCity } from '../running-city.ts';
import { openSignInService, type SignInService } from '../sign-in-service.ts';

const SLOW_MS = 120_000;

let demo: RunningCity;
let bare: RunningCity;
let real: RunningCity;
let service: SignInService;
let browser: Browser;
let context: BrowserContext;
let page: Page;

/** The same database three times: an exercise, a server that nobody set up, and one with the city's sign-in service. */
beforeAll(async () => {
  [demo, browser, service] = await Promise.all([startCity(), launchBrowser(), openSignInService('command@city.example')]);
  const oidc = { discoveryUrl: service.discoveryUrl, clientId: 'greenlane', clientSecret: 'not a real secret' };
  bare = await startCity({ on: demo.database, settings: { demo: false } });
  real = await startCity({ on: demo.database, settings: { demo: false, oidc, phoneCodes: true, firstStaff: { email: 'command@city.example' } } });
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await bare?.stop();
  await real?.stop();
  await demo?.stop();
  await service?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en' });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
});
afterEach(() => context.close());

const main = (): Promise<string> => page.locator('main').innerText();
const button = (name: string) => page.getByRole('button', { name });

describe('the page where staff sign in', () => {
  it('given a server that nobody has set up, then it says whom to ask and how to look around, in both languages', async () => {
    await page.goto(`${bare.url}/sign-in`);
    await page.getByText('Nobody can sign in here yet').waitFor();
    expect(await main()).toMatch(/Ask whoever runs this system[^]*GREENLANE_DEMO=on/);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.locator('#language').click();
    await page.getByText('尚未接入登录服务').waitFor();
  });

  it('given a desk is opened by nobody, then it leads here', async () => {
    await page.goto(`${bare.url}/office`);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByText('Nobody can sign in here yet').waitFor();
  });

  it('given an exercise, then it leads to the posts of the exercise', async () => {
    await page.goto(`${demo.url}/sign-in`);
    await page.getByRole('link', { name: 'Choose a post' }).click();
    await page.waitForURL(/\/demo$/);
  });

  it("given the city's sign-in service, then there and back to the screen of the post; who signs out is asked again", async () => {
    await page.goto(`${real.url}/sign-in`);
    await button("Sign in with the city's staff account").click();
    await page.waitForURL(`${real.url}/office`);
    await page.getByText('Command centre').first().waitFor();
    await button('Sign out').click();
    await page.waitForURL(`${real.url}/sign-in`);
    await button("Sign in with the city's staff account").waitFor();
  });

  it('given several posts, then one of them is chosen', async () => {
    await demo.database.pool.query("insert into staff (city, id, name, role, scope, email) values ('zhengzhou', 'S-night', 'Duty desk', 'hotline', 'city', 'command@city.example')");
    await page.goto(`${real.url}/sign-in`);
    await button("Sign in with the city's staff account").click();
    await page.getByText('You have several posts').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await button('Medical call line').click();
    await page.waitForURL(`${real.url}/hotline`);
  });

  it('given a code to a work phone, then what is wrong with it is said, and the right one opens the screen', async () => {
    const { pool } = demo.database;
    await pool.query("insert into staff (city, id, name, role, scope, phone) values ('zhengzhou', 'S-gate', 'Gate', 'gate', 'institution:ZZ-H-001', '13800000003')");
    await page.goto(`${real.url}/sign-in`);
    await button('Send me a code').click();
    await page.locator('#error-summary').waitFor();
    await page.fill('#phone', '138 0000 0003');
    await button('Send me a code').click();
    await page.locator('#code').waitFor();
    const { rows: [sent] } = await pool.query<{ code: string }>("select facts->>'code' as code from outbox where audience = 'phone:13800000003'");
    await page.fill('#code', sent!.code === '000000' ? '000001' : '000000');
    await button('Sign in').click();
    await page.getByText('This code is not right').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.fill('#code', sent!.code);
    await button('Sign in').click();
    await page.waitForURL(`${real.url}/gate`);
  });

  it('given somebody without a post, then they learn whom to ask, and somebody else can sign in', async () => {
    service.person = { email: 'stranger@city.example', verified: true };
    await page.goto(`${real.url}/sign-in`);
    await button("Sign in with the city's staff account").click();
    await page.getByText('no post is registered for you').waitFor();
    await button('Sign in as somebody else').click();
    await button("Sign in with the city's staff account").waitFor();
  });
});

describe('the page that explains the interface', () => {
  it('is drawn without asking any other server, and its security policy stops nothing of it', async () => {
    const asked: string[] = [];
    const stopped: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => { if (/Content Security Policy/i.test(message.text())) stopped.push(message.text()); });
    page.on('pageerror', (error) => stopped.push(String(error)));
    await context.route((url) => url.origin !== demo.url, (route) => route.abort());
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${demo.url}/docs/`);
    await page.getByRole('heading', { name: 'Greenlane' }).waitFor();
    // What is further down is drawn when it is wanted.
    await page.getByText('requests', { exact: true }).first().click();
    await page.getByText('Ask for care, for oneself or for somebody else').first().waitFor();
    for (const away of ['Ask AI', 'Generate MCP', 'Deploy']) expect(await page.getByText(away).count(), away).toBe(0);
    expect(asked.filter((url) => /^https?:/.test(url) && !url.startsWith(demo.url))).toEqual([]);
    expect(stopped).toEqual([]);
  });
});
