import { sql, type Kysely } from 'kysely';
import type { City } from '../../city/index.ts';
import { desksOf, holder, type Story } from '../../journey/index.ts';
import { codeIn, type Actor } from '../../people/index.ts';
import { refusalRecords, type RefusalCase, type RefusalCaseView, type RefusalsAnswer, type StatementView } from '../../reception/index.ts';
import type { House } from '../house.ts';
import { scopeName } from '../sign-in/scope-name.ts';
import { monthOf } from './month.ts';
import { COLUMNS, type StoredRefusal } from './store.ts';

type Db = Kysely<any>;
const LISTED_MAX = 200;

/** Which cases an actor may see, as a condition: the city all, a district its own, a house or a committee what is said of itself. */
export function inScope(actor: Actor): ReturnType<typeof sql<boolean>> {
  if (actor.role === 'city') return sql<boolean>`true`;
  const district = codeIn(actor, 'district');
  return district === undefined ? sql<boolean>`r.about = ${actor.scope}` : sql<boolean>`r.district = ${district}`;
}

type Row = StoredRefusal & { readonly story: Story | null };

/** Worst first: nobody has the person yet, then how ill they are, then whose time is over. */
export async function listRefusals({ db, city, incident, clock }: House, actor: Actor, state: 'open' | 'closed' | 'all'): Promise<RefusalsAnswer> {
  const at = clock.now();
  const inState = { open: sql`r.closed_at is null`, closed: sql`r.closed_at is not null`, all: sql`true` }[state];
  const [{ rows }, all, statements] = await Promise.all([
    sql<Row>`select r.refusal, r.district, r.incident, r.reports, j.story from refusal_case r left join journey j on j.city = r.city and j.id = r.journey
      where r.city = ${city.id} and r.incident = ${incident.id} and ${inScope(actor)} and ${inState}
      order by r.closed_at is not null, r.over_at is not null, r.refusal ->> 'acuity' nulls last, (r.refusal ->> 'neverBlock')::boolean desc, r.due_at, r.opened_at desc limit ${LISTED_MAX}`.execute(db),
    casesOf(db, city.id, incident.id, actor), statementsOf(db, city, incident.id, actor),
  ]);
  return {
    at, refusals: rows.map((row) => viewOf(row, actor, city)), statements,
    records: refusalRecords(all, monthOf).map((record) => ({ ...record, name: scopeName(`institution:${record.institution}`, city) })),
  };
}

/** @param actor whose scope it is; nobody's for the public record */
export async function casesOf(db: Db, city: string, incident: string, actor?: Actor): Promise<readonly RefusalCase[]> {
  const { rows } = await sql<{ refusal: RefusalCase }>`select r.refusal from refusal_case r
    where r.city = ${city} and r.incident = ${incident} and ${actor ? inScope(actor) : sql`true`}`.execute(db);
  return rows.map(({ refusal }) => refusal);
}

export async function statementsOf(db: Db, city: City, incident: string, actor?: Actor): Promise<readonly StatementView[]> {
  const mine = actor === undefined ? sql`published_at is not null` : actor.role === 'city' ? sql`true`
    : actor.role === 'district' ? sql`district = ${codeIn(actor, 'district') ?? ''}` : sql`institution = ${codeIn(actor, 'institution') ?? ''}`;
  const { rows } = await sql<{ row: Omit<StatementView, 'name'> }>`select json_strip_nulls(json_build_object('institution', institution, 'text', text, 'by', by_name, 'at', at, 'publishedAt', published_at, 'publishedBy', published_by)) as row
    from refusal_statement where city = ${city.id} and incident = ${incident} and ${mine} order by at`.execute(db);
  return rows.map(({ row }) => ({ ...row, name: scopeName(`institution:${row.institution}`, city) }));
}

export async function findRefusal(db: Db, city: string, incident: string, actor: Actor, id: string, lock: boolean): Promise<StoredRefusal | undefined> {
  const { rows: [row] } = await sql<StoredRefusal>`select ${COLUMNS} from refusal_case r
    where r.city = ${city} and r.incident = ${incident} and r.id = ${id} and ${inScope(actor)} ${lock ? sql`for update` : sql``}`.execute(db);
  return row;
}

export function viewOf({ refusal, reports, story }: Row, actor: Actor, city: City): RefusalCaseView {
  const officer = actor.role === 'district' || actor.role === 'city';
  const named = (scope: string) => scopeName(scope, city);
  const { next, owner, about } = refusal;
  return {
    ...refusal, aboutName: named(about), ownerName: named(owner.scope), ...(next?.institution !== undefined && { nextName: named(`institution:${next.institution}`) }),
    // Whoever said it is protected from whoever it is said of.
    reports: reports.map(({ at, role, name, ground }) => ({ at, role, ...(officer && name !== undefined && { name }), ...(ground !== undefined && { ground }) })),
    ...(story && officer && {
      person: { holder: holder(story), holderName: named(holder(story)), closed: story.closed !== undefined, desks: desksOf(story).map(({ owner: { role, scope }, ...had }) => ({ role, name: named(scope), ...had })) },
    }),
    may: mayDo(refusal, actor),
  };
}

function mayDo(refusal: RefusalCase, actor: Actor): RefusalCaseView['may'] {
  if (refusal.closedAt !== undefined) return [];
  if (actor.role !== 'district' && actor.role !== 'city') return ['state'];
  const owns = refusal.owner.role === actor.role && refusal.taken !== undefined;
  const takeable = refusal.taken?.by !== actor.name && !(refusal.taken && refusal.owner.role === 'city' && actor.role !== 'city');
  return [...(takeable ? (['take'] as const) : []), ...(owns && !refusal.decision ? (['decide'] as const) : []), ...(refusal.next?.state === 'held' && !refusal.over ? (['sendOn'] as const) : [])];
}
