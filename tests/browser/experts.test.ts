import { describe, expect, it } from 'vitest';
import { startCity } from '../running-city.ts';
import { expectAccessible } from './accessible.ts';
import { openCity, SLOW_MS } from './opened.ts';

const opened = openCity(() => startCity({ city: 'toytown' }));
const shots = process.env['SHOTS'];

describe('a question to a municipal expert', () => {
  it('is asked at the ward, taken on a phone by the one whose turn it is, talked over, answered in writing and rated', async () => {
    const desk = await opened.people.at('ward', 'ward@institution:T-H2');
    await desk.getByRole('tab', { name: 'Experts' }).click();
    await desk.getByRole('button', { name: 'Ask a municipal expert' }).click();
    await desk.getByLabel('Specialty').selectOption({ label: 'Cardiology' });
    await desk.getByLabel('now', { exact: true }).check();
    await desk.getByLabel('The question').fill('ST elevation since 20 minutes, call 13812345678');
    await desk.getByRole('button', { name: 'Ask now' }).click();
    await desk.getByText('holds a telephone or identity number').waitFor();
    await desk.getByLabel('The question').fill('ST elevation since 20 minutes. Thrombolysis here?');
    await expectAccessible(desk);
    if (shots) await desk.screenshot({ path: `${shots}/ward-ask.png` });
    await desk.getByRole('button', { name: 'Ask now' }).click();
    await desk.getByText('asked of Toytown Central Hospital').waitFor();

    const phone = await opened.people.at('expert', 'expert@institution:T-H1');
    await phone.getByText('Thrombolysis here?').waitFor();
    if (shots) await phone.screenshot({ path: `${shots}/expert-open.png`, fullPage: true });
    await phone.getByRole('button', { name: 'I take it' }).click();
    await phone.getByText('Talk with them').click();
    await phone.getByLabel('Link of the meeting').fill('https://meet.example.org/a');
    await phone.getByRole('button', { name: 'Offer a video call' }).click();
    await desk.getByRole('link', { name: /^Video call with/ }).waitFor();
    await phone.getByLabel('Your answer, in writing').fill('Yes: 30 mg now, then bring them to us.');
    await expectAccessible(phone);
    if (shots) await phone.screenshot({ path: `${shots}/expert-mine.png`, fullPage: true });
    await phone.getByRole('button', { name: 'Send the answer' }).click();
    await phone.getByText('Answered by you: 1').waitFor();

    await desk.getByText('Yes: 30 mg now').waitFor();
    await desk.getByRole('button', { name: 'It helped', exact: true }).click();
    await desk.getByText('Rated: It helped').waitFor();
    if (shots) await desk.screenshot({ path: `${shots}/ward-answered.png` });
  }, SLOW_MS);

  it('given the expert is wanted at the bedside, then the district lends a car, and every step is one press; afterwards they rest', async () => {
    const ward = await opened.served.as('ward@institution:T-H2');
    const hospital = await opened.served.as('ward@institution:T-H1');
    const expert = (await (await opened.served.as('expert@institution:T-H1')).get('/api/me')).body.actor;
    const { at } = (await ward.get('/api/consults')).body;
    await hospital.post('/api/experts', { hospital: 'T-H1', name: expert.name, phone: '0371-110', specialties: ['obstetrics'], from: at, to: at + 28_800_000, onSite: true });
    await ward.post('/api/consults', { specialty: 'obstetrics', urgency: 'soon', mode: 'onSite', question: 'Come and see her, please.' });

    const phone = await opened.people.at('expert', 'expert@institution:T-H1');
    await phone.getByRole('button', { name: 'I take it' }).click();
    await phone.getByRole('button', { name: 'Go, with a car' }).click();
    await phone.getByText('waits for a car').waitFor();
    await phone.getByRole('button', { name: 'Pass', exact: true }).click();
    await phone.getByRole('img', { name: /^Pass \w{8} as a code/ }).waitFor();
    if (shots) await phone.screenshot({ path: `${shots}/expert-visit.png`, fullPage: true });

    const office = await opened.people.at('office', 'district@district:990101');
    await office.getByRole('tab', { name: 'Experts' }).click();
    await office.getByLabel('Car', { exact: true }).selectOption({ index: 1 });
    await expectAccessible(office);
    if (shots) await office.screenshot({ path: `${shots}/office-experts.png` });
    await office.getByRole('button', { name: 'Lend this car' }).click();

    for (const step of ['I have left', 'I have arrived', 'I am back']) await phone.getByRole('button', { name: step }).click();
    await phone.getByText(/^You rest until/).waitFor();
    await expectAccessible(phone);
    expect(await phone.getByRole('button', { name: 'I can be asked again' }).count()).toBe(1);
  }, SLOW_MS);
});
