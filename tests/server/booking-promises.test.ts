import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/base/index.ts';
import { book, layOut, somebody, wrongSessions } from '../booking-people.ts';
import { eventually, newKey, startCity, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

/** `GREENLANE_BOOKINGS=100` for a longer look. */
const RUNS = Number(process.env['GREENLANE_BOOKINGS'] ?? 8);
const SESSIONS = 4;
const PEOPLE = 12;

let city: RunningCity;
let day: number;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  day = (await city.visitor().get('/api/city')).body.at + DAY_MS;
}, 60_000);
afterAll(() => city.stop());

const rows = async (text: string, values: unknown[] = []): Promise<any[]> => (await city.database.pool.query(text, values)).rows;

type Deed = { readonly does: 'book' | 'hold' | 'bookHold' | 'again' | 'move' | 'cancel' | 'forget' | 'close'; readonly who: number; readonly where: number };
const deed = (): fc.Arbitrary<Deed> => fc.record({
  does: fc.constantFrom<Deed['does']>('book', 'book', 'book', 'hold', 'bookHold', 'again', 'move', 'cancel', 'forget', 'close'),
  who: fc.nat(PEOPLE - 1), where: fc.nat(SESSIONS - 1),
});

interface Person {
  readonly care: ReturnType<typeof somebody>;
  visitor: Visitor;
  key?: string;
  slot?: string;
  hold?: string;
  /** What the last answer said of it. */
  booked?: { readonly id: string; readonly slot: string };
}

/** One person does one thing at a time; all of them at once. */
async function live(person: Person, deeds: readonly Deed[], slots: readonly string[], freed: Set<string>, full: Set<string>): Promise<void> {
  for (const { does, where } of deeds) {
    const slot = slots[where]!;
    const hear = ({ status, body }: Answer, asked: string): boolean => {
      if (status !== 201 && status !== 200) {
        expect([409, 404]).toContain(status);
        if (body.code === 'slotTaken') full.add(asked);
      }
      return status < 300;
    };
    if (does === 'book' && !person.booked) {
      person.key = newKey();
      person.slot = slot;
      const answer = await book(city.url, slot, person.care, person.key);
      if (hear(answer, slot)) await signIn(person, answer.body);
    } else if (does === 'again' && person.key && person.booked && person.slot) {
      const answer = await book(city.url, person.slot, person.care, person.key);
      if (answer.status === 201) expect(answer.body.id).toBe(person.booked.id);
    } else if (does === 'hold') {
      const answer = await city.visitor().post('/api/appointments/hold', { slot, person: { name: person.care.person.name, phone: person.care.person.phone, groups: [] } });
      if (hear(answer, slot)) person.hold = answer.body.id;
    } else if (does === 'bookHold' && person.hold && !person.booked) {
      const answer = await city.visitor().post('/api/appointments', { hold: person.hold, care: person.care });
      if (hear(answer, '')) {
        delete person.key;
        await signIn(person, answer.body);
      }
    } else if (does === 'move' && person.booked) {
      const from = person.booked.slot;
      freed.add(from);
      const answer = await person.visitor.post(`/api/appointments/${person.booked.id}/move`, { slot });
      if (hear(answer, slot)) person.booked = { id: person.booked.id, slot };
    } else if (does === 'cancel' && person.booked) {
      freed.add(person.booked.slot);
      if (hear(await person.visitor.post(`/api/appointments/${person.booked.id}/cancel`), '')) {
        delete person.booked;
        delete person.key;
      }
    } else if (does === 'forget' && person.hold) {
      const over = await rows(`update booking set held_until = 1 where id = $1 and state = 'held' returning slot`, [person.hold]);
      for (const hold of over) freed.add(hold.slot);
    } else if (does === 'close') {
      await rows('update slot set closed_at = 1 where id = $1', [slot]);
      freed.add(slot);
    }
  }
}

async function signIn(person: Person, { id, slot, token }: { id: string; slot: string; token: string }): Promise<void> {
  person.booked = { id, slot };
  person.visitor = city.visitor();
  // Many links opened from one address at once wait for a moment; a person does too.
  await eventually(async () => (await person.visitor.post('/api/my/sign-in', { token, phoneLast4: person.care.person.phone.slice(-4) })).status === 200 || undefined, 30);
}

describe('whatever happens, in whatever order and at once', () => {
  it('nobody is overbooked, nothing acknowledged is lost, counters say what the rows say, and nobody is refused while a seat is free', async () => {
    let round = 0;
    await fc.assert(fc.asyncProperty(fc.array(deed(), { minLength: 20, maxLength: 60 }), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: SESSIONS, maxLength: SESSIONS }), async (deeds, seats) => {
      round++;
      // A day for each session, so that one appointment a day stands in nobody's way.
      const slots = await Promise.all(seats.map((count, index) => layOut(city.database.pool, day + (index % 4) * DAY_MS + round, { seats: count })));
      const people: Person[] = Array.from({ length: PEOPLE }, () => ({ care: somebody(), visitor: city.visitor() }));
      const [freed, full] = [new Set<string>(), new Set<string>()];

      await Promise.all(people.map((person, index) => live(person, deeds.filter(({ who }) => who === index), slots, freed, full)));

      expect(await wrongSessions(city.database.pool)).toEqual([]);
      for (const { booked, care } of people) {
        if (!booked) continue;
        expect(await rows(`select slot, state, person ->> 'name' as name from booking where id = $1`, [booked.id])).toEqual([{ slot: booked.slot, state: 'booked', name: care.person.name }]);
      }
      const now = new Map((await rows('select id, seats, taken, closed_at from slot where id = any($1)', [slots])).map((slot) => [slot.id, slot]));
      for (const slot of full) if (!freed.has(slot) && now.has(slot)) expect(now.get(slot).taken, slot).toBe(now.get(slot).seats);
      // A seat that is left is somebody's who asks for it.
      for (const slot of slots) {
        const { closed_at: closed } = now.get(slot);
        const [left] = await rows(`select seats - taken + (select count(*) from booking where slot = $1 and state = 'held' and held_until = 1)::int as left from slot where id = $1`, [slot]);
        expect((await book(city.url, slot)).status, slot).toBe(closed === null && left.left > 0 ? 201 : 409);
      }
      expect(await wrongSessions(city.database.pool)).toEqual([]);
    }), { numRuns: RUNS });
  }, 110_000);
});
