import type { Kysely } from 'kysely';
import { DAY_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import { CITY_LINE, lineAt, type CallOwner, type Line, type Reachable } from '../../hotline/index.ts';
import { counterpartsOf, type City } from '../../city/index.ts';
import { readHandOvers, readShifts, type LineOf } from './rows.ts';

/** Who answers the city's own line: whoever sits at it. Nobody's name, because the desks ring together. */
const CITY_DESKS: Reachable = { dutyPerson: { name: '', phone: '' } };

export interface OnLine {
  readonly reachable: Reachable;
  /** Who owes the call-back when nobody answers. */
  readonly owner: CallOwner;
}

export async function onLine(db: Kysely<any>, city: City, of: LineOf, line: string, at: Instant): Promise<OnLine> {
  const institution = city.institutions.get(line);
  if (line === CITY_LINE || !institution) return { reachable: CITY_DESKS, owner: { role: 'hotline', scope: 'city' } };
  const { answers, responsible } = await readLine(db, of, line, at);
  const who = responsible ?? answers;
  return {
    reachable: {
      ...(answers && { dutyPerson: { name: answers.dutyPerson, phone: answers.phone } }),
      ...(answers?.secondPerson && { secondPerson: { name: answers.secondPerson, phone: answers.secondPhone! } }),
    },
    // In a gap nobody of the institution would see it in time.
    owner: answers ? { role: 'ward', scope: `institution:${line}`, ...(who && { name: who.dutyPerson }) } : { role: 'district', scope: `district:${institution.district}` },
  };
}

export async function readLine(db: Kysely<any>, of: LineOf, institution: string, at: Instant): Promise<Line> {
  const shifts = await readShifts(db, of, at, at + MINUTE_MS, institution);
  return lineAt(shifts, await readHandOvers(db, of, at, institution), institution, at);
}

/** Institutions that are named for a town now or soon: each has to answer its medical line around the clock. */
export function linesOf(city: City, at: Instant): ReadonlySet<string> {
  return new Set([...city.towns.keys()].flatMap((town) => [at, at + 7 * DAY_MS].flatMap((when) => counterpartsOf(city, town, 'emergency', when).map(({ code }) => code))));
}
