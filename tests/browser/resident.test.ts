import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JourneyView } from '../../src/journey/index.ts';
import { launchBrowser } from '../browser.ts';
import { startCity, type RunningCity } from '../running-city.ts';

const PHONE = { width: 360, height: 740 };
const SLOW_MS = 120_000;

let served: RunningCity;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [served, browser] = await Promise.all([startCity(), launchBrowser()]);
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: PHONE, locale: 'en' });
  page = await context.newPage();
});
afterEach(() => context.close());

const pageId = (): Promise<string> => page.evaluate('history.state.page');
const heading = (): Promise<string> => page.locator('h1').innerText();
const goOn = (): Promise<void> => page.locator('button[type=submit]').click();

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  const small: string[] = [];
  for (const target of await page.locator('button:visible, a.phone:visible, a.button:visible, label.choice:visible, select:visible, input.text:visible').all()) {
    const box = await target.boundingBox();
    if (box && box.height < 44) small.push(await target.innerText());
  }
  expect(over, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
  expect(small, 'nothing is too small for a thumb').toEqual([]);
}

/** What a person fills in on each page; pages not named are left as they are. */
type Fill = Readonly<Record<string, () => Promise<unknown>>>;

const filling = (given: Fill): Fill => ({
  who: () => page.check('input[value=me]'),
  danger: () => page.check('input[name=danger][value=none]'),
  about: async () => {
    await page.fill('#age', '2');
    await page.check('input[value=male]');
  },
  where: async () => {
    await page.selectOption('#district', { label: 'Jinshui District' });
    await page.locator('input[name=town]').first().check();
    await page.fill('#address', 'Building 3, door 1201');
  },
  contact: async () => {
    await page.fill('#name', 'Test Person');
    await page.fill('#phone', '138 0000 8888');
  },
  ...given,
});

async function answerAll(given: Fill, onPage: () => Promise<unknown> = () => Promise.resolve()): Promise<string[]> {
  const fill = filling(given);
  await page.goto(served.url);
  await page.locator('h1').waitFor();
  const pages: string[] = [];
  for (let id = await pageId(); id !== 'check'; id = await pageId()) {
    if (pages.includes(id)) throw new Error(`${id} does not let the person go on: ${await page.locator('main').innerText()}`);
    pages.push(id);
    if (id === 'where') await page.locator('#district').waitFor();
    await fill[id]?.();
    await onPage();
    await goOn();
  }
  return pages;
}

const feverOfAChild: Fill = {
  matter: () => page.check('input[value=fever]'),
  course: () => page.fill('#temperature', '38.9'),
};

async function sendAndOpenJourney(): Promise<void> {
  await page.click('#send');
  await page.getByRole('link', { name: 'Open my journey' }).click();
  await page.fill('#digits', '8888');
  await goOn();
  await page.getByRole('heading', { name: 'What you can do' }).waitFor();
}

describe('a resident asks for care', () => {
  it('given a child of two with fever, then every page can be used with one thumb, and the end says who has it and until when', async () => {
    const pages = await answerAll(feverOfAChild, expectAccessible);
    expect(pages).toContain('interview-1');
    await expectAccessible();
    await page.click('#send');
    await page.getByRole('heading', { name: 'We have your request' }).waitFor();
    const end = await page.locator('main').innerText();
    expect(end).toContain('Who has it');
    expect(end).toMatch(/by ([\w,]+ )*\d{2}:\d{2}/);
    expect(end).toContain('A test result is not needed.');
    await page.getByText('Why this way?').click();
    expect(await page.locator('details[open] li').count()).toBeGreaterThan(0);
    await expectAccessible();
  }, SLOW_MS);

  it('given a life in danger, then the first thing said is to call 120, and the request goes on as an emergency', async () => {
    let said = '';
    const pages = await answerAll({
      danger: () => page.check('input[value=chestPain]'),
      about: () => page.fill('#age', '58'),
      call: async () => (said = await page.locator('.button-call').getAttribute('href') ?? ''),
    });
    expect(pages.slice(0, 3)).toEqual(['who', 'danger', 'call']);
    expect(said).toBe('tel:120');
    await page.click('#send');
    await page.getByText('120 is sending an ambulance.').or(page.getByText('The ambulance is coming.')).first().waitFor();
  }, SLOW_MS);

  it('given something is missing, then it is said at the top, leads to the field, and keeps the focus', async () => {
    await page.goto(served.url);
    await goOn();
    await page.locator('#error-summary').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('error-summary');
    await page.locator('#error-summary a').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('who');
    expect(await page.title()).toContain('Error:');
    await expectAccessible();
  }, SLOW_MS);

  it('given a reload in the middle, then the answers are still there, and neither the address nor the storage holds them', async () => {
    await answerAll(feverOfAChild);
    await page.waitForFunction(`JSON.stringify(history.state).includes('8888')`);
    await page.reload();
    await page.getByText('Test Person').waitFor();
    const left = await page.evaluate(`[location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie].join(' ')`);
    expect(left).not.toContain('Test');
    expect(left).not.toContain('8888');
  }, SLOW_MS);

  it('given the way back, then what was answered is still chosen', async () => {
    await answerAll(feverOfAChild);
    await page.goBack();
    expect(await pageId()).toBe('contact');
    expect(await page.inputValue('#phone')).toBe('138 0000 8888');
    await page.getByRole('link', { name: 'Back' }).click();
    expect(await pageId()).toBe('moving');
  }, SLOW_MS);

  it('given the other language in the middle, then the same page speaks it and nothing is lost', async () => {
    await page.goto(served.url);
    await page.check('input[value=other]');
    await page.click('#language');
    await page.getByText('谁需要就医？').first().waitFor();
    expect(await page.isChecked('input[value=other]')).toBe(true);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  }, SLOW_MS);

  it('given the line breaks after the server has heard, then trying again makes no second request', async () => {
    await answerAll(feverOfAChild);
    const ids: string[] = [];
    await page.route('**/api/requests', async (route) => {
      const answer = await route.fetch();
      const { journey } = await answer.json() as { journey: { id: string } };
      ids.push(journey.id);
      if (ids.length === 1) await route.abort();
      else await route.fulfill({ response: answer });
    });
    await page.click('#send');
    await page.getByRole('heading', { name: 'We have your request' }).waitFor();
    expect(ids.length).toBe(2);
    expect(new Set(ids).size).toBe(1);
  }, SLOW_MS);

  it('given no network, then the person is told whom to call, and the answers are sent once it is back', async () => {
    await answerAll(feverOfAChild);
    await context.setOffline(true);
    await page.click('#send');
    await page.locator('.failed').waitFor();
    expect(await page.locator('.failed').innerText()).toMatch(/no network.*\d{3,}/);
    await expectAccessible();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'We have your request' }).waitFor();
  }, SLOW_MS);

  it('given large print, then nothing is cut off and everything is larger', async () => {
    await page.goto(served.url);
    await page.click('#big');
    expect(Number.parseFloat(await page.evaluate<string>('getComputedStyle(document.body).fontSize'))).toBeGreaterThanOrEqual(24);
    await expectAccessible();
    await page.click('#theme');
    await expectAccessible();
  }, SLOW_MS);
});

describe('a resident follows their journey', () => {
  it('given the link and other digits, then nothing is shown; given the right ones, then the journey, and no token in the address', async () => {
    await answerAll(feverOfAChild);
    await page.click('#send');
    await page.getByRole('link', { name: 'Open my journey' }).click();
    await page.locator('#digits').waitFor();
    expect(page.url()).not.toContain('#');
    await page.fill('#digits', '0000');
    await goOn();
    await page.locator('.failed').waitFor();
    expect(await page.getByText('All steps').count()).toBe(0);
    await page.fill('#digits', '8888');
    await goOn();
    await page.getByRole('heading', { name: 'All steps' }).waitFor();
    expect(await page.locator('[aria-current=step]').count()).toBe(1);
    await expectAccessible();
  }, SLOW_MS);

  it('given it got worse, then the new signs make it more urgent at once', async () => {
    await answerAll(feverOfAChild);
    await sendAndOpenJourney();
    await page.getByRole('button', { name: 'It got worse' }).click();
    await expectAccessible();
    await page.getByRole('button', { name: 'Tell them' }).click();
    await page.locator('#error-summary').waitFor();
    await page.check('input[value=convulsion]');
    await page.getByRole('button', { name: 'Tell them' }).click();
    await page.getByText('Life in danger').first().waitFor();
    expect(await heading()).toBe('My journey');
  }, SLOW_MS);

  it('given the doctor answers, then the page says so by itself', async () => {
    let id = '';
    await answerAll({
      ...feverOfAChild, matter: () => page.check('input[value=medicineRefill]'), medicine: () => page.fill('#medicine', 'insulin'),
      situation: () => page.check('input[value=highRiskArea]'),
    });
    await page.route('**/api/requests', async (route) => {
      const answer = await route.fetch();
      id = (await answer.json() as { journey: { id: string } }).journey.id;
      await route.fulfill({ response: answer });
    });
    await sendAndOpenJourney();
    await page.getByText('A doctor will ring you.').waitFor();
    const { journey } = (await (await served.as('city@city')).get(`/api/journeys/${id}`)).body as { journey: JourneyView };
    const doctor = await served.as(`cloudDoctor@${journey.step!.owner.scope}`);
    await doctor.post(`/api/journeys/${id}/take-visit`);
    // A child: whoever is with it is named.
    const answered = await doctor.post(`/api/journeys/${id}/answer-visit`, { advice: 'Go on as before.', guardian: 'The mother', items: [{ medicine: 'insulin', dose: '8 units', days: 28, controlled: 'no' }] });
    expect(answered.body).toMatchObject({ journey: { id } });
    await page.getByText('The pharmacy is preparing your medicine.').waitFor({ timeout: 5_000 });
    await page.getByText('Go on as before.').waitFor();
  }, SLOW_MS);

  it('given a withdrawal, then it says what will be cancelled, wants a reason, and ends the journey', async () => {
    await answerAll(feverOfAChild);
    await sendAndOpenJourney();
    await page.getByRole('button', { name: 'Withdraw the request' }).click();
    expect(await page.locator('main').innerText()).toContain('Nobody will come.');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.locator('#error-summary').waitFor();
    await page.fill('#reason', 'Better now');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByRole('heading', { name: 'Withdrawn' }).waitFor();
  }, SLOW_MS);

  it('given the page without its link, then it says whom to call instead of showing an empty page', async () => {
    await page.goto(`${served.url}/my`);
    await page.getByText('Open this page with the link').waitFor();
    await expectAccessible();
  }, SLOW_MS);
});
