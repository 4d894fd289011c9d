import { HOUR_MS, startOfDay, type Instant, type Place, type Text } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { Role } from '../people/index.ts';
import type { AppointmentPerson, AppointmentState, FreeSeat } from './appointment.ts';
import type { BookableService } from './booking.ts';
import type { OwedView } from './series-view.ts';

/** What somebody who is signed in may do with an appointment now; a screen shows these buttons and no others. */
export const APPOINTMENT_ACTIONS = ['move', 'cancel', 'checkIn', 'noShow'] as const;
export type AppointmentAction = (typeof APPOINTMENT_ACTIONS)[number];

/** One appointment as its person, its institution or whoever booked it sees it. */
export interface AppointmentView {
  readonly id: string;
  readonly state: AppointmentState;
  readonly slot: string;
  readonly institution: string;
  readonly institutionName: Text;
  readonly institutionPhone?: string;
  readonly point: Place;
  readonly service: BookableService;
  /** Which clinic, desk or doctor of the service; empty where it has no parts. */
  readonly clinic: string;
  readonly clinicName?: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly person: AppointmentPerson;
  /** Where they set out. */
  readonly town?: string;
  readonly bookedAt: Instant;
  readonly heldUntil?: Instant;
  /** A seat that was kept back for green channels. */
  readonly kept: boolean;
  /** When leave, pass and car begin to be arranged by themselves. */
  readonly callUpAt?: Instant;
  /** The request that brings them there and home, once it has begun. */
  readonly journey?: string;
  readonly series?: string;
  readonly cancelled?: { readonly at: Instant; readonly reason: string };
  readonly version: number;
  /** It could not become a request: what is missing, who answers for it, until when. */
  readonly owed?: OwedView & { readonly what: string };
  readonly actions: readonly AppointmentAction[];
}

/** A seat that can be taken now. An attribute nobody has stated is missing, and is shown as not known: never as a no. */
export interface FreeSeatView extends FreeSeat {
  readonly institutionName: Text;
  readonly clinicName?: string;
  readonly town: string;
  readonly point: Place;
  readonly stepFree?: boolean;
  readonly languages?: readonly string[];
  readonly seesChildren: boolean;
  /** `travelSeconds` is a guess from the distance; no road was asked. */
  readonly estimated?: true;
}

export interface FreeSeatsView {
  readonly at: Instant;
  readonly seats: readonly FreeSeatView[];
  /** Seats that match and open for booking at that time. */
  readonly notYet?: { readonly releasedAt: Instant; readonly startsAt: Instant };
  /** Nothing in the time that was asked for: the earliest after it. */
  readonly otherDay?: FreeSeatView;
  /** Nothing at all: whoever wants to may wait, and is offered what others give back. */
  readonly waitingList?: true;
}

/** Days on which somebody could have a seat, each by its midnight in the city. */
export interface FreeDaysView {
  readonly at: Instant;
  readonly days: readonly Instant[];
}

/** As it is stored, with its session. */
export interface AppointmentRow {
  readonly id: string;
  readonly state: AppointmentState;
  readonly slot: string;
  readonly institution: string;
  readonly service: BookableService;
  readonly clinic: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Null where the request they came with says it, and for a hold that is over. */
  readonly person: AppointmentPerson | null;
  readonly bookedAt: Instant;
  readonly heldUntil: Instant | null;
  readonly kept: boolean;
  readonly callUpAt: Instant | null;
  readonly journey: string | null;
  readonly series: string | null;
  readonly cancelledAt: Instant | null;
  readonly cancelledReason: string | null;
  readonly version: number;
  readonly town: string | null;
  readonly madeBy: string | null;
  readonly personKey: string | null;
  readonly phoneKey: string | null;
  readonly proxyKey: string | null;
  readonly care: object | null;
  readonly trouble?: string | null;
  readonly ownerRole?: string | null;
  readonly ownerScope?: string | null;
  readonly dueAt?: Instant | null;
  readonly missedCount?: number;
}

const BOOKERS: ReadonlySet<Role> = new Set(['resident', 'hotline', 'committee', 'ward']);

/** What this role may do with it now. A request that is under way is changed there, and not behind its back. */
export function actionsOf({ state, startsAt, journey, series }: Pick<AppointmentRow, 'state' | 'startsAt' | 'journey' | 'series'>, role: Role, at: Instant): readonly AppointmentAction[] {
  // A session of a standing series is moved or given up by its unit alone, by name.
  if (state !== 'booked' || journey !== null || !BOOKERS.has(role) || (series !== null && role !== 'ward')) return [];
  const isToday = startOfDay(startsAt) === startOfDay(at);
  const changes: readonly AppointmentAction[] = startsAt > at ? ['move', 'cancel'] : [];
  if (role === 'ward') return [...(isToday ? ['checkIn' as const] : []), ...(startsAt <= at ? ['noShow' as const] : []), ...(series === null ? changes : [])];
  return (role === 'resident' || role === 'hotline') && isToday && startsAt - at <= CHECK_IN_MS ? ['checkIn', ...changes] : changes;
}

/** From then on a person at the door may say themselves that they are there, or have the line say it. */
const CHECK_IN_MS = 2 * HOUR_MS;

export function appointmentView(row: AppointmentRow, city: City, role: Role, at: Instant): AppointmentView {
  const { id, state, slot, institution, service, clinic, startsAt, endsAt, person, bookedAt, heldUntil, kept, callUpAt, journey, series, cancelledAt, cancelledReason, version, town } = row;
  const house = city.institutions.get(institution);
  return {
    id, state, slot, institution, institutionName: house?.name ?? { zh: institution, en: institution }, point: house?.place ?? { lon: 0, lat: 0 },
    ...(house?.medicalLine && { institutionPhone: house.medicalLine.number }),
    service, clinic, startsAt, endsAt, person: person ?? { name: '', phone: '', groups: [] }, bookedAt, kept, version,
    ...(heldUntil !== null && { heldUntil }), ...(callUpAt !== null && { callUpAt }), ...(journey !== null && { journey }), ...(series !== null && { series }), ...(town !== null && { town }),
    ...(cancelledAt !== null && { cancelled: { at: cancelledAt, reason: cancelledReason ?? 'planChanged' } }),
    ...(row.trouble && row.ownerRole && row.ownerScope && row.dueAt && role !== 'resident' && { owed: { what: row.trouble, owner: { role: row.ownerRole, scope: row.ownerScope }, dueAt: row.dueAt, missedCount: row.missedCount ?? 0 } }),
    actions: actionsOf(row, role, at),
  };
}
