import type { Kysely } from 'kysely';
import { formatInstant, type Instant, type Refusal } from '../../base/index.ts';
import {
  changeCounterparts, checkArrangements, townsChanged, type ArrangementProblem, type City, type Counterpart, type CounterpartChange, type CounterpartChangeView,
} from '../../city/index.ts';
import { SERVICE_WORDS } from '../../policy/index.ts';
import { codeIn, conflict, invalid, notFound, Refused, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { addSet, countAskedAgain, findSet, type StoredSet } from './store.ts';

type Db = Kysely<any>;

/** More than anybody reads; the rest comes when these are mended. */
const PROBLEMS_MAX = 200;

/** What a set would become, and where in what was sent each problem stands. */
export interface Wanted {
  readonly rows: readonly Counterpart[];
  readonly fieldOf: (problem: ArrangementProblem) => { readonly field: string; readonly line?: number; readonly column?: number };
  readonly undoneTo?: number;
}

export interface Looked {
  readonly view: Omit<CounterpartChangeView, 'problems'>;
  readonly refusals: readonly Refusal[];
  readonly next: Wanted;
}

/** The set in force, behind which the next one is written. */
export async function standingSet(trx: Db, { counterparts, city }: House): Promise<Pick<StoredSet, 'version' | 'rows'> & Partial<StoredSet>> {
  // While the files hold, what this server has read from them is the set.
  return (await findSet(trx, counterparts.of)) ?? { version: 0, rows: counterparts.version() === 0 ? city.counterparts : [] };
}

export const townsOf = (actor: Actor, city: City): readonly string[] =>
  (actor.role === 'city' ? [...city.towns.keys()] : actor.role === 'district' ? [...city.towns.values()].filter(({ district }) => district === codeIn(actor, 'district')).map(({ code }) => code) : []);

/**
 * What a change would do; stores nothing. A hole in a town that the change does not touch hinders nobody: a good change elsewhere would wait for it.
 * @throws Refused 403 when a town of somebody else would be changed
 */
export async function lookAt(trx: Db, house: House, actor: Actor, standing: Pick<StoredSet, 'version' | 'rows'>, next: Wanted): Promise<Looked> {
  const { city, clock } = house;
  const at = clock.now();
  const towns = townsChanged(standing.rows, next.rows);
  const own = new Set(townsOf(actor, city));
  const known = towns.filter((town) => city.towns.has(town));
  if (!known.every((town) => own.has(town))) throw new Refused(403, [{ code: 'counterpartTownsNotYours', field: 'towns' }]);
  const touched = new Set(towns);
  const problems = checkArrangements(city, next.rows, at).filter(({ town }) => touched.has(town)).slice(0, PROBLEMS_MAX);
  return {
    view: { at, version: standing.version, stored: false, towns, openRequests: await countAskedAgain(trx, city.id, towns) },
    refusals: problems.map((problem) => refusalOf(problem, city, next.fieldOf(problem))), next,
  };
}

/** @throws Refused 409 when somebody else has changed the set since `base`, saying who and what; 400 with everything that is wrong */
export async function saveCounterparts(trx: Db, house: House, actor: Actor, base: number, why: string, make: (rows: readonly Counterpart[]) => Wanted): Promise<Omit<CounterpartChangeView, 'problems'>> {
  const { city, incident, clock, counterparts } = house;
  const standing = await standingSet(trx, house);
  if (standing.version !== base) throw await movedOn(trx, house, base);
  const { view, refusals: [first, ...rest], next } = await lookAt(trx, house, actor, standing, make(standing.rows));
  if (first) throw invalid([first, ...rest]);
  if (view.towns.length === 0) throw conflict({ code: 'counterpartsSame' });
  const at = clock.now();
  const set = {
    version: base + 1, rows: next.rows, towns: view.towns, why, at, by: { id: actor.id, name: actor.name, role: actor.role }, ...(next.undoneTo !== undefined && { undoneTo: next.undoneTo }),
  };
  if (!(await addSet(trx, counterparts.of, set))) throw await movedOn(trx, house, base);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'changeCounterparts', facts: { version: set.version, towns: view.towns, why, ...(next.undoneTo !== undefined && { undoneTo: next.undoneTo }) } });
  await notify(trx, { city: city.id, kind: 'counterparts' });
  return { ...view, version: set.version, stored: true };
}

/** The changes of a form, one after the other. */
export function changed(rows: readonly Counterpart[], changes: readonly CounterpartChange[]): Wanted {
  return {
    rows: changes.reduce<readonly Counterpart[]>(changeCounterparts, rows),
    fieldOf: ({ town, service, field, row }) => {
      // The last change that speaks of it: of a service, where one does, and of the town otherwise.
      const index = Math.max(changes.findLastIndex((change) => change.towns.includes(town) && change.service === service), row === undefined ? changes.findLastIndex(({ towns }) => towns.includes(town)) : -1);
      return { field: index < 0 ? field : `changes.${index}.${field === 'town' ? 'towns' : field}` };
    },
  };
}

/** An earlier version again, as a new one. @throws Refused 404 */
export async function again(trx: Db, { counterparts }: House, version: number, filed: readonly Counterpart[]): Promise<Wanted> {
  const rows = version === 0 ? filed : (await findSet(trx, counterparts.of, version))?.rows;
  if (!rows) throw notFound();
  return { rows, undoneTo: version, fieldOf: () => ({ field: 'to' }) };
}

async function movedOn(trx: Db, { counterparts, city }: House, base: number): Promise<Refused> {
  const latest = await findSet(trx, counterparts.of);
  if (!latest) return conflict({ code: 'counterpartsUnknownBase', facts: { version: base } });
  const { version, by, at, towns, why } = latest;
  const named = (language: 'zh' | 'en'): string => towns.slice(0, 5).map((town) => city.towns.get(town)?.name[language] ?? town).join(language === 'zh' ? '、' : ', ') + (towns.length > 5 ? ' …' : '');
  return conflict({ code: 'counterpartsMovedOn', facts: { version, by: by.name, at: formatInstant(at).slice(11, 16), count: towns.length, towns: named('en'), townsZh: named('zh'), why } });
}

export function refusalOf({ code, town, institution, service, from }: ArrangementProblem, city: City, { field, line, column }: ReturnType<Wanted['fieldOf']>): Refusal {
  const name = city.towns.get(town)?.name ?? { zh: town, en: town };
  const house = institution === undefined ? undefined : (city.institutions.get(institution)?.name ?? { zh: institution, en: institution });
  return {
    code, field, facts: {
      town: name.en, townZh: name.zh, ...(house && { institution: house.en, institutionZh: house.zh }),
      service: service ? SERVICE_WORDS[service].en : 'all services', serviceZh: service ? SERVICE_WORDS[service].zh : '所有服务',
      ...whenOf(from), ...(line !== undefined && { line }), ...(column !== undefined && { column }),
    },
  };
}

function whenOf(from: Instant | undefined): Refusal['facts'] {
  if (from === undefined) return { from: 'at any time', fromZh: '任何时候' };
  const time = formatInstant(from).slice(0, 16).replace('T', ' ');
  return { from: `from ${time} on`, fromZh: `自 ${time} 起` };
}
