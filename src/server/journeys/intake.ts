import { createHmac } from 'node:crypto';
import { begin, type Story } from '../../journey/index.ts';
import { invalid, Refused, type Actor } from '../../people/index.ts';
import type { Intake } from '../../requests/index.ts';
import { Batches } from './batches.ts';
import { isDatabaseAway } from '../postgres/database-away.ts';
import { worldOf, type House } from '../house.ts';
import { announce, readOnce, storeEntries, storyAt, type Entry } from './store.ts';
import { hashOf } from './play.ts';
import { residentLink } from '../sign-in/index.ts';

/** Chosen by `bench:intake`: more writers wait for each other's commit, larger batches make the first of them wait. */
const WRITERS_MAX = 4;
const BATCH_MAX = 48;

export interface Submitted {
  readonly story: Story;
  /** For the resident's link; the same request sent again gets the same one. */
  readonly token: string;
}

export interface IntakeDesk {
  /**
   * A request comes in: decided in memory from frozen facts, stored durably, then answered. The same key again gets the same
   * answer again.
   * @throws Refused naming the fields nobody could act on
   */
  submit(actor: Actor, intake: Intake, key: string): Promise<Submitted>;
  /** Resolves when everything that was accepted is durable. */
  settled(): Promise<void>;
}

/** @param secret of this installation: with the sender's key it makes the link, which is stored nowhere */
export function openIntake(house: House, secret: string, afterwards: (journeys: readonly string[]) => void): IntakeDesk {
  const { city, intakeDb, clock, incident, policies } = house;

  const write = async (entries: readonly Entry[]): Promise<readonly boolean[]> => {
    const stored = await storeEntries(intakeDb, city, entries);
    const news = entries.filter(({ story }) => stored.has(story.id));
    // Screens may learn of it a moment later than the database; an answer may not wait for them.
    void announce(intakeDb, city, news).catch((error: unknown) => house.log(`News of new requests could not be sent: ${String(error)}`));
    afterwards(news.filter(({ errands }) => errands.length > 0).map(({ story }) => story.id));
    return entries.map(({ story }) => stored.has(story.id));
  };
  const batches = new Batches(write, { writersMax: WRITERS_MAX, sizeMax: BATCH_MAX, isForAll: isDatabaseAway });

  return {
    settled: () => batches.settled(),
    async submit(actor, intake, key) {
      const at = clock.now();
      // Taken in the same breath as the decision: what is adopted while this is being stored asks it again.
      const policyTurn = policies.turn(at);
      const told = begin(intake, incident.id, worldOf(house, actor, at));
      if (!told.ok) throw invalid([told.refusal]);
      const { story, events, errands } = told.value;
      const once = { key: hashOf(key), actor: actor.id, requestHash: hashOf(intake) };
      const token = linkToken(secret, key, actor.id);
      const phones = [intake.person.phone, ...(intake.proxy ? [intake.proxy.phone] : [])];
      const stored = await batches.add({ story, events, errands, actor, at, once, policyTurn, link: residentLink(phones, token) });
      if (stored) return { story, token };
      const known = await readOnce(house.db, city.id, once.key, once.actor);
      if (known?.requestHash !== once.requestHash) throw new Refused(422, [{ code: 'idempotencyKeyReused', field: 'Idempotency-Key' }]);
      const before = await storyAt(house.db, city.id, known.journey, known.version);
      if (!before) throw new Refused(422, [{ code: 'idempotencyKeyReused', field: 'Idempotency-Key' }]);
      return { story: before, token };
    },
  };
}

/** Who reads the database lacks the sender's key, who guesses a key lacks the secret. */
export function linkToken(secret: string, key: string, actor: string): string {
  return createHmac('sha256', secret).update(`${actor}\0${key}`).digest('base64url');
}
