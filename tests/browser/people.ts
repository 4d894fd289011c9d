/** People at their screens, each with a browser of their own; what they see and press is named in the words of the screen. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { RunningCity } from '../running-city.ts';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const HAND: ReadonlySet<string> = new Set(['drive', 'expert', 'gate']);
/** Long enough for a busy machine; nobody waits that long when it works. */
const PATIENCE_MS = 15_000;

export class People {
  readonly #browser: Browser;
  readonly #served: RunningCity;
  readonly #contexts: BrowserContext[] = [];
  readonly #onDuty = new Map<string, Page>();

  constructor(browser: Browser, served: RunningCity) {
    this.#browser = browser;
    this.#served = served;
  }

  async #sitDown(viewport: { width: number; height: number }): Promise<Page> {
    const context = await this.#browser.newContext({ viewport, locale: 'en' });
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    return context.newPage();
  }

  /** Somebody on duty at `/screen`; whoever sits on that chair already goes on with what is on their screen. */
  async at(screen: string, post: string, chair = 'first chair'): Promise<Page> {
    const seat = `${screen} ${post} ${chair}`;
    const already = this.#onDuty.get(seat);
    if (already) return already;
    const page = await this.#sitDown(HAND.has(screen) ? PHONE : DESK);
    await page.goto(`${this.#served.url}/demo`);
    await page.getByRole('heading', { name: 'Choose a post' }).waitFor();
    const status = await page.evaluate(async (id) => (await fetch('/api/demo/sign-in', {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ id }),
    })).status, post);
    if (status !== 200) throw new Error(`${post} cannot sign in: ${status}`);
    await page.goto(`${this.#served.url}/${screen}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    this.#onDuty.set(seat, page);
    return page;
  }

  /** A resident with a phone. */
  async resident(): Promise<Page> {
    const page = await this.#sitDown(PHONE);
    await page.goto(this.#served.url);
    return page;
  }

  async goHome(): Promise<void> {
    this.#onDuty.clear();
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }
}

/** The open journey beside the list. */
export const panel = (desk: Page): Locator => desk.locator('.panel');
export const row = (desk: Page, name: string): Locator => desk.locator('.row:not(.gone)', { hasText: name });

/** Takes a journey from the list and waits until it lies open. */
export async function open(desk: Page, name: string): Promise<Locator> {
  await row(desk, name).first().locator('.row-open').click();
  await panel(desk).getByRole('heading', { name }).waitFor();
  return panel(desk);
}

/** A doctor takes a visit by name from the list and answers it: dose by dose, an illness that is followed up, no allergies known. */
export async function answerVisit(doctor: Page, name: string, advice: string, doses: readonly string[]): Promise<void> {
  await row(doctor, name).first().locator('.row-open').click();
  const taking = doctor.getByRole('button', { name: 'Take this visit' });
  const form = doctor.getByRole('form', { name: 'Answer' });
  await taking.or(form).first().waitFor();
  if (await taking.isVisible()) await taking.click();
  await form.getByLabel('Advice for the person, in plain words').fill(advice);
  for (const [index, dose] of doses.entries()) await form.getByLabel('Dose').nth(index).fill(dose);
  await form.getByLabel('Which illness this follows up').fill('As for years');
  await form.getByLabel('asked: none known').check();
  await form.getByRole('button', { name: 'Answer and prescribe' }).click();
  await doctor.locator('.prescription').getByText(advice).waitFor();
}

/** From the check to the courier's hands; each warning is accepted by itself. */
export async function passPharmacy(pharmacy: Page, name: string, courier: string): Promise<void> {
  await row(pharmacy, name).first().locator('.row-open').click();
  const check = pharmacy.getByRole('button', { name: 'Checked' });
  await check.waitFor();
  for (const warning of await pharmacy.getByLabel('Looked at and accepted').all()) await warning.check();
  await check.click();
  await pharmacy.getByRole('button', { name: 'Dispensed' }).click();
  await pharmacy.getByLabel('Who carries it').fill(courier);
  const cold = pharmacy.getByLabel('It is in a cool box');
  if (await cold.isVisible()) await cold.check();
  await pharmacy.getByRole('button', { name: 'Handed over' }).click();
  await pharmacy.locator('.panel-now').getByText('On the way').waitFor();
}

/** One big button after the other, each when the screen offers it. */
export async function drive(car: Page, steps: readonly string[]): Promise<void> {
  for (const step of steps) await car.getByRole('button', { name: step, exact: true }).first().click();
}

/** What a driver presses for one person: at the door, it is them, handed over. Whoever is fetched before them waits in the list. */
export async function fetchAndBring(car: Page, name: string, handedOver: 'Handed over to the hospital’s desk' | 'Handed over at home'): Promise<void> {
  await press(car, `Pick up ${name}`, 'At the door');
  await press(car, `Pick up ${name}`, `It is ${name} – aboard`);
  await press(car, `Bring ${name}`, handedOver);
}

async function press(car: Page, stop: string, button: string): Promise<void> {
  const open = car.getByRole('article', { name: stop, exact: true }).first();
  const later = car.locator('.later summary', { hasText: stop }).first();
  await open.or(later).first().waitFor();
  if (!(await open.isVisible())) await later.click();
  await open.getByRole('button', { name: button, exact: true }).click();
}

/** Pages of the resident's form that want more than "Continue", by their heading. */
export type Answers = Readonly<Record<string, (page: Page) => Promise<unknown>>>;

/** Answers what is asked, page by page; a page that is not named is left as it is. Ends on the summary and sends it. */
export async function askAsResident(page: Page, answers: Answers): Promise<void> {
  for (let last = ''; ;) {
    // Two pages in a row may have the same heading; the page's own name in the history never repeats.
    await page.waitForFunction((before) => {
      const page = (globalThis as any).history.state?.page;
      return page !== undefined && page !== before;
    }, last);
    last = await page.evaluate('history.state.page');
    const asked = await page.getByRole('heading', { level: 1 }).innerText();
    await answers[asked]?.(page);
    if (asked === 'Is everything right?') break;
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByRole('heading', { name: 'We have your request' }).waitFor();
}

/** From the end of the form to the page of the journey, with the last four digits of the phone. */
export async function followAsResident(page: Page, digits: string): Promise<void> {
  await page.getByRole('link', { name: 'Open my journey' }).click();
  await page.getByLabel('The last four digits').fill(digits);
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('heading', { name: 'All steps' }).waitFor();
}
