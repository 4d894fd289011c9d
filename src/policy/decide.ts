import type { Behind, City, LiveStatus, Service, TravelTables } from '../city/index.ts';
import { nameOfRow, triage } from '../triage/index.ts';
import type { Acuity, FiredRow, Triage } from '../triage/index.ts';
import { outcomeOf } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import type { CareCase, Decision, Priority, Reason, Transport } from './decision.ts';
import { ageBand, groupMask, hasFever, needsHands, standing } from './facts.ts';
import type { Facts } from './facts.ts';
import { missingFacts } from './missing.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { findVenue, transportsOut } from './venue.ts';

export interface DecideOptions {
  readonly city?: City;
  /** Live state of the services; without it the city's opening state. */
  readonly status?: LiveStatus;
  /** What was last said of this service there is too old to rely on: it decides among equals, and nothing else. */
  readonly unknown?: (institution: string, service: Service) => boolean;
  /** No place is free there, or it turns people away: another that is hardly farther comes first, with the reason. */
  readonly behind?: (institution: string, service: Service) => Behind | undefined;
  /** How far everything is on the roads of this moment; without it, estimated. */
  readonly travel?: TravelTables;
  /** What was asked and could not be had: the flow asks again without it. */
  readonly excluded?: readonly Exclusion[];
}

/**
 * An institution that refused, has no slot or is otherwise out, or a way there that nobody could send; with the cause
 * (`refused`, `noSlot`, `closed`, `noCar` or another room's code), which is named in `ruledOut`.
 */
export type Exclusion =
  | { readonly institution: string; readonly cause: string }
  | { readonly transport: Transport; readonly cause: string };

const PRIORITY: Record<Acuity, Priority> = { I: 'stat', II: 'asap', III: 'urgent', IV: 'routine' };
const NOTHING: DecideOptions = {};

/**
 * From a need and its facts to a pathway, its links and its reasons. Pure and deterministic: the same policy, case, city
 * and status give the same decision. Never refuses and never throws for a case of the right types, however little it says.
 */
export function decide(policy: CompiledPolicy, care: CareCase, options: DecideOptions = NOTHING): Decision {
  const triaged = triage(care);
  const { acuity, fired, tableVersion } = triaged;
  const { city } = options;
  const stands = standing(policy.coverage, care, city && care.town !== undefined ? districtOf(city, care.town) : undefined);
  const outcome = outcomeOf(policy, factsOf(care, triaged, stands.period));
  const { effects } = outcome;
  const { excluded } = options;
  const way = excluded?.length ? wayThere(outcome, excluded) : 0;
  const venue = city && findVenue(city, outcome, way, acuity, care, policy, options);
  const plan = venue?.plan ?? outcome.plan(0, way, false);
  const out = venue?.ruledOut ?? (excluded?.length ? transportsOut(excluded) : undefined);
  const decision: Mutable<Decision> = {
    policy: policy.identity,
    policyInForce: stands.known,
    acuity,
    fired,
    tableVersion,
    pathway: effects.pathway,
    priority: PRIORITY[acuity],
    venueKind: plan.venue,
    service: plan.service,
    transport: plan.transport,
    closedLoop: effects.closedLoop,
    byAppointment: plan.byAppointment,
    greenChannel: effects.greenChannel,
    entry: plan.entry,
    safeguards: outcome.safeguards,
    links: plan.links,
    reasons: reasonsFor(plan, fired[0]),
    ruledOut: out?.length ? [...plan.ruledOut, ...out] : plan.ruledOut,
    missing: missingFacts(care),
  };
  if (plan.transportElse) decision.transportElse = plan.transportElse;
  if (city) decision.city = { id: city.id, version: city.version };
  if (venue?.institution) decision.institution = venue.institution.code;
  if (venue?.reason) decision.reasons = [...decision.reasons, venue.reason];
  return decision;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The first way there that nobody has found wanting; the last one when all were, because somebody has to bring the person. */
function wayThere({ transports }: Outcome, excluded: readonly Exclusion[]): number {
  const way = transports.findIndex((transport) => !excluded.some((item) => 'transport' in item && item.transport === transport));
  return way < 0 ? transports.length - 1 : way;
}

/** What the measures may read of this case. */
export function factsOf(care: CareCase, triaged: Pick<Triage, 'acuity' | 'fired'>, period: Facts['period']): Facts {
  const groups = groupMask(care);
  return {
    period,
    acuity: triaged.acuity,
    need: care.need,
    patientKind: care.patientKind ?? 'unknown',
    test: care.test ?? 'unknown',
    mobility: care.mobility ?? 'unknown',
    age: ageBand(care, groups),
    fever: hasFever(care) ? 'yes' : 'no',
    hands: needsHands(care, triaged) ? 'yes' : 'no',
    ownInstitution: care.ownInstitution === undefined ? 'no' : 'yes',
    groups,
  };
}

/** Who commands the town; a town the city does not have belongs to none of its districts, and its code decides. */
function districtOf(city: City, town: string): string | undefined {
  return city.towns.get(town)?.district;
}

const SEEN: Record<Acuity, Reason['text']> = {
  I: { zh: '一级：立即救治', en: 'Level I: treated at once' },
  II: { zh: '二级：到院后10分钟内接诊', en: 'Level II: seen within 10 minutes of arriving' },
  III: { zh: '三级：到院后30分钟内接诊', en: 'Level III: seen within 30 minutes of arriving' },
  IV: { zh: '四级：一般情况', en: 'Level IV: not urgent by what is known' },
};

/** Triage's own reason first, then the clauses. Shared per plan and row: there are few of both. */
function reasonsFor(plan: Plan, top: FiredRow | undefined): readonly Reason[] {
  if (!top) return plan.reasons;
  let reasons = plan.reasonsByRow.get(top.row);
  if (!reasons) plan.reasonsByRow.set(top.row, (reasons = Object.freeze([triageReason(top), ...plan.reasons])));
  return reasons;
}

function triageReason(top: FiredRow): Reason {
  const name = nameOfRow(top.row);
  const seen = SEEN[top.acuity];
  const text = name ? { zh: `${seen.zh}（${name.zh}）。`, en: `${seen.en} (${name.en}).` } : { zh: `${seen.zh}。`, en: `${seen.en}.` };
  return Object.freeze({ clause: 'triage', text: Object.freeze(text) });
}
