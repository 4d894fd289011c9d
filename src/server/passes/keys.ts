import { sql, type Kysely } from 'kysely';
import type { Text } from '../../base/index.ts';
import type { PassClaims, TrustedKey } from '../../passes/index.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { secretFor } from '../sign-in/index.ts';
import { CITY_ISSUER, keyPair, type KeyPair } from './signing.ts';

export interface PassSigner {
  sign(claims: Omit<PassClaims, 'issuer'>): Promise<string>;
}

/** The keys of every unit, in memory of every server: a pass is signed and read without a question to the database. */
export interface PassKeys extends PassSigner {
  /** Whose signatures count: with them the ones that were retired, and those of units that were withdrawn, marked so. */
  trusted(): readonly TrustedKey[];
  signFor(issuer: string, claims: Omit<PassClaims, 'issuer'>): Promise<string>;
  reload(): Promise<void>;
}

interface KeyRow {
  readonly kid: string;
  readonly issuer: string;
  readonly x: string;
  readonly y: string;
  readonly secret: string;
  readonly retired: boolean;
  readonly givenUpAt: number | null;
  readonly name: Text | null;
  readonly withdrawnAt: number | null;
  readonly value: string;
}

type Db = Kysely<any>;

/** What a retired key signed is read for so long: no pass lasts longer. */
export const KEY_READ_MS = 400 * 24 * 3_600_000;

/** Two servers that begin at once make the same first key of the city: its secret is one row. */
export async function openPassKeys({ db, city, incident, clock }: Pick<House, 'db' | 'city' | 'incident' | 'clock'>): Promise<PassKeys> {
  await makeKey(db, city.id, CITY_ISSUER, 'passes', clock.now());
  let keys: readonly TrustedKey[] = [];
  let signing: ReadonlyMap<string, KeyPair> = new Map();
  const reload = async (): Promise<void> => {
    const { rows } = await sql<KeyRow>`select k.kid, k.issuer, k.x, k.y, k.secret, k.retired_at is not null as retired, k.given_up_at as "givenUpAt", i.name, i.withdrawn_at as "withdrawnAt", s.value
      from pass_key k join secret s on s.city = k.city and s.name = k.secret left join pass_issuer i on i.city = k.city and i.incident = ${incident.id} and i.id = k.issuer
      where k.city = ${city.id} and (k.issuer = ${CITY_ISSUER} or i.id is not null) and coalesce(k.retired_at, ${clock.now()}) > ${clock.now() - KEY_READ_MS} order by k.made_at`.execute(db);
    keys = rows.map(({ kid, issuer, x, y, name, withdrawnAt, givenUpAt }) => ({
      kid, issuer, x, y, name: name ?? city.name, ...(withdrawnAt !== null && { withdrawnAt }), ...(givenUpAt !== null && { givenUpAt }),
    }));
    signing = new Map(rows.filter(({ retired }) => !retired).map(({ issuer, value }) => [issuer, keyPair(value)]));
  };
  await reload();
  const signFor = (issuer: string, claims: Omit<PassClaims, 'issuer'>): Promise<string> => {
    const pair = signing.get(issuer);
    if (!pair) throw new Error(`no key signs for ${issuer}`);
    return pair.sign({ ...claims, issuer });
  };
  return { trusted: () => keys, sign: (claims) => signFor(CITY_ISSUER, claims), signFor, reload };
}

/** The first key of a unit, or the next one. @returns false when another server has made it */
export async function makeKey(db: Db, city: string, issuer: string, secret: string, at: number): Promise<boolean> {
  const { kid, x, y } = keyPair(await secretFor(db, city, secret));
  const { numAffectedRows } = await sql`insert into pass_key (city, kid, issuer, x, y, secret, made_at) values (${city}, ${kid}, ${issuer}, ${x}, ${y}, ${secret}, ${at}) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/**
 * From now on a new key signs; what the old one signed is read until it ends. Two who turn the same key turn it once.
 * @returns false when the key that was seen signs no more
 */
export async function rotateKey(trx: Db, city: string, issuer: string, kid: string, at: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update pass_key set retired_at = ${at} where city = ${city} and issuer = ${issuer} and kid = ${kid} and retired_at is null`.execute(trx);
  if (numAffectedRows !== 1n) return false;
  const { rows: [count] } = await sql<{ keys: number }>`select count(*)::int as keys from pass_key where city = ${city} and issuer = ${issuer}`.execute(trx);
  await makeKey(trx, city, issuer, `passes/${issuer}/${count!.keys + 1}`, at);
  await notify(trx, { city, kind: 'passes' });
  return true;
}

/**
 * A key that somebody else may have: nothing it signed counts by its signature from now on, also when it was turned before. Where it still signs, a new one
 * signs from now on, in the same transaction: nobody is left without a pass because of it.
 * @returns false when it is given up already, or none of theirs
 */
export async function giveUpKey(trx: Db, city: string, issuer: string, kid: string, at: number): Promise<boolean> {
  const turned = await rotateKey(trx, city, issuer, kid, at);
  const { numAffectedRows } = await sql`update pass_key set given_up_at = ${at} where city = ${city} and issuer = ${issuer} and kid = ${kid} and given_up_at is null`.execute(trx);
  if (numAffectedRows === 1n && !turned) await notify(trx, { city, kind: 'passes' });
  return numAffectedRows === 1n;
}
