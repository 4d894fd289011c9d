import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { AppointmentPerson, BookableService, WaitingAction, WaitingState, WaitingView } from '../../appointments/index.ts';
import { BY_NEED } from '../../appointments/store.ts';
import type { City } from '../../city/index.ts';
import type { Actor } from '../../people/index.ts';
import type { Acuity } from '../../triage/index.ts';

type Db = Kysely<any>;

export interface WaitingRow {
  readonly id: string;
  readonly state: WaitingState;
  readonly service: BookableService;
  readonly institutions: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly acuity: Acuity;
  readonly gapEndsAt: Instant | null;
  readonly green: boolean;
  readonly displaced: boolean;
  readonly joinedAt: Instant;
  readonly person: AppointmentPerson;
  readonly town: string;
  readonly district: string;
  readonly callOnly: boolean;
  readonly ownerRole: string | null;
  readonly ownerScope: string | null;
  readonly dueAt: Instant | null;
  readonly booking: string | null;
  readonly version: number;
  readonly madeBy: string;
  readonly offer: string | null;
  readonly offerSlot: string | null;
  readonly offeredAt: Instant | null;
  readonly callAt: Instant | null;
  readonly offerUntil: Instant | null;
  readonly institution: string | null;
  readonly clinic: string | null;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
}

const WAITING = sql`select w.id, w.state, w.service, w.institutions, w.from_at as "from", w.to_at as "to", w.acuity, w.gap_ends_at as "gapEndsAt", w.green, w.displaced, w.joined_at as "joinedAt", w.person, w.town, w.district,
    w.call_only as "callOnly", w.owner_role as "ownerRole", w.owner_scope as "ownerScope", w.due_at as "dueAt", w.booking, w.version, w.made_by as "madeBy", w.offer, w.offer_slot as "offerSlot",
    w.offered_at as "offeredAt", w.call_at as "callAt", w.offer_until as "offerUntil", s.institution, s.clinic, s.starts_at as "startsAt", s.ends_at as "endsAt"
  from waiting w left join slot s on s.city = w.city and s.id = w.offer_slot`;

export async function findWaiting(db: Db, city: string, id: string, lock = false): Promise<WaitingRow | undefined> {
  const { rows: [row] } = await sql<WaitingRow>`${WAITING} where w.city = ${city} and w.id = ${id} ${lock ? sql`for update of w` : sql``}`.execute(db);
  return row;
}

/** The place in line somebody has instead of an appointment that was taken from them. */
export async function placeInsteadOf(db: Db, city: string, booking: string): Promise<string | undefined> {
  const { rows: [row] } = await sql<{ waiting: string }>`select waiting from displaced where city = ${city} and booking = ${booking} and waiting is not null order by asked_at desc limit 1`.execute(db);
  return row?.waiting;
}

const LISTED_MAX = 500;

/** Whose place in line somebody may see: a ward its own, a committee its town's, the line and the command centre all. */
export async function listWaiting(db: Db, city: City, incident: string, actor: Actor, at: Instant, institution?: string): Promise<readonly WaitingView[]> {
  const asked = institution === undefined ? sql`true` : concerns(institution);
  const { rows } = await sql<WaitingRow>`${WAITING} where w.city = ${city.id} and w.incident = ${incident} and w.state in ('waiting', 'offered') and ${seenBy(actor)} and ${asked}
    order by coalesce(w.state = 'offered' and w.call_at <= ${at}, false) desc, case when w.state = 'offered' then w.offer_until end nulls last, ${BY_NEED} limit ${LISTED_MAX}`.execute(db);
  return rows.map((row) => waitingView(row, city, actor, at));
}

const concerns = (institution: string): RawBuilder<unknown> =>
  sql`(${institution} = any(w.institutions) or s.institution = ${institution} or w.owner_scope = ${`institution:${institution}`})`;

function seenBy({ role, scope }: Actor): RawBuilder<unknown> {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'city') return role === 'hotline' || role === 'city' ? sql`true` : sql`false`;
  if (kind === 'institution') return concerns(code);
  if (kind === 'town') return sql`w.town = ${code}`;
  return kind === 'district' ? sql`w.district = ${code}` : sql`false`;
}

/** The same for one: its own person too. */
export function mayAnswer(actor: Actor, row: WaitingRow): boolean {
  const [kind, code = ''] = actor.scope.split(':');
  switch (actor.role) {
    case 'resident':
      return actor.scope === `waiting:${row.id}`;
    case 'hotline':
    case 'city':
      return actor.scope === 'city';
    case 'district':
      return kind === 'district' && row.district === code;
    case 'ward':
      return kind === 'institution' && (row.institutions.includes(code) || row.institution === code || row.ownerScope === actor.scope);
    case 'committee':
      return kind === 'town' && row.town === code;
    default:
      return row.madeBy === actor.id;
  }
}

export function waitingView(row: WaitingRow, city: City, actor: Actor, at: Instant): WaitingView {
  const { id, state, service, institutions, from, to, acuity, gapEndsAt, green, displaced, joinedAt, person, town, callOnly, ownerRole, ownerScope, dueAt, booking, version } = row;
  const place = row.institution === null ? undefined : city.institutions.get(row.institution);
  const isOffered = state === 'offered' && place !== undefined;
  return {
    id, state, service, institutions, from, to, acuity, green, displaced, joinedAt, person, town, callOnly, version,
    ...(gapEndsAt !== null && { gapEndsAt }),
    ...(isOffered && {
      offer: {
        slot: row.offerSlot!, institution: place.code, institutionName: place.name, point: place.place, clinic: row.clinic!, startsAt: row.startsAt!, endsAt: row.endsAt!,
        offeredAt: row.offeredAt!, until: row.offerUntil!, callAt: row.callAt!,
      },
    }),
    callThem: isOffered && row.callAt! <= at,
    ...(ownerRole !== null && ownerScope !== null && { owner: { role: ownerRole, scope: ownerScope } }), ...(dueAt !== null && { dueAt }), ...(booking !== null && { booking }),
    actions: mayAnswer(actor, row) ? actionsOf(state, isOffered && row.offerUntil! > at) : [],
  };
}

function actionsOf(state: WaitingState, isOpen: boolean): readonly WaitingAction[] {
  if (state === 'waiting') return ['leave'];
  return state === 'offered' ? [...(isOpen ? (['accept', 'decline'] as const) : []), 'leave'] : [];
}
