import type { Text } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { Actor, Owner, Role } from '../people/index.ts';
import type { Cohort } from '../trips/index.ts';
import { actionsFor } from './actions.ts';
import { storyLine } from './line.ts';
import { holder, openLink, type Command, type Link, type Story } from './story.ts';
import { cohortOf } from './rides.ts';

/** A link as a screen shows it: the owner has a name in both languages, not only a code. */
export interface LinkView extends Omit<Link, 'owner' | 'missed'> {
  readonly owner: OwnerView;
  readonly missed: readonly { readonly at: number; readonly told: OwnerView }[];
}
export interface OwnerView extends Owner {
  /** The place the owner answers for: "Linshanzhai Subdistrict", "The city". */
  readonly name: Text;
}

/** Everything a screen may show of one journey to one actor: least data, the same words for everybody. */
export interface JourneyView {
  readonly id: string;
  readonly version: number;
  readonly line: string;
  readonly channel: Story['request']['channel'];
  readonly receivedAt: number;
  readonly need: Story['request']['need'];
  readonly acuity: Story['decision']['acuity'];
  readonly pathway: Story['decision']['pathway'];
  readonly priority: Story['decision']['priority'];
  readonly greenChannel: boolean;
  readonly closedLoop: boolean;
  readonly transport: Story['decision']['transport'];
  readonly entry: Story['decision']['entry'];
  readonly policy: Story['decision']['policy'];
  readonly policyInForce: boolean;
  readonly person: {
    readonly name: string;
    readonly phone?: string;
    readonly ageMonths?: number;
    readonly sex?: string;
    readonly groups: readonly string[];
    readonly mobility?: string;
    readonly companion?: string;
    readonly proxy?: { readonly name: string; readonly phone: string };
  };
  /** Nobody knows yet who this is. */
  readonly unidentified?: true;
  readonly town: { readonly code: string; readonly name: Text; readonly district: string };
  readonly address?: string;
  readonly point: { readonly lon: number; readonly lat: number };
  /** What is wrong: for those who treat or triage, never for a gate or a driver. */
  readonly clinical?: {
    readonly complaint?: string;
    readonly findings: readonly string[];
    /** Asked, and nobody could tell. */
    readonly notKnown?: readonly string[];
    /** By whom, and why. */
    readonly lowered?: { readonly acuity: string; readonly clinician: string; readonly contact: string; readonly reason: string };
    readonly vitals: Story['request']['vitals'];
    readonly test?: string;
    readonly patientKind?: string;
    readonly medicine?: string;
    readonly allergies?: readonly string[];
    readonly medicineDaysLeft?: number;
    readonly lastSessionAt?: number;
  };
  readonly cohort: Cohort;
  readonly institution?: { readonly code: string; readonly name: Text; readonly point: { readonly lon: number; readonly lat: number } };
  readonly step?: LinkView;
  readonly links: readonly LinkView[];
  readonly custody: Story['custody'];
  readonly holder: string;
  readonly mission?: Story['mission'];
  readonly out?: Story['out'];
  readonly back?: Story['back'];
  readonly booking?: Story['booking'];
  readonly pass?: Story['pass'];
  readonly arrival?: Story['arrival'];
  readonly visit?: Story['visit'];
  /** When and why what was decided first was decided anew: who finds another way than yesterday's is told. */
  readonly changed?: { readonly at: Story['decidedAt']; readonly because: NonNullable<Story['decidedBecause']> };
  readonly reasons: Story['decision']['reasons'];
  readonly ruledOut: Story['decision']['ruledOut'];
  readonly fired: Story['decision']['fired'];
  readonly missing: readonly string[];
  readonly closed?: Story['closed'];
  /** What this actor may do now, most useful first. */
  readonly actions: readonly Command[];
}

/** Who may read what is wrong with the person. A driver learns the cohort, a gate the channel: that is all they need. */
const CLINICAL_READERS: ReadonlySet<Role> = new Set([
  'resident', 'hotline', 'committee', 'dispatcher', 'crew', 'ward', 'familyDoctor', 'cloudDoctor', 'pharmacist', 'expert',
  'system',
]);
/** Who has to find or ring the person. */
const ADDRESS_READERS: ReadonlySet<Role> = new Set([
  'resident', 'hotline', 'committee', 'dispatcher', 'crew', 'driver', 'familyDoctor', 'system',
]);
const PHONE_READERS: ReadonlySet<Role> = new Set([...ADDRESS_READERS, 'ward', 'cloudDoctor', 'pharmacist']);

export function viewFor(actor: Actor, story: Story, city: City): JourneyView {
  const { request, decision } = story;
  const town = city.towns.get(request.town);
  const institution = city.institutions.get(decision.institution ?? story.arrival?.institution ?? '');
  const clinical = CLINICAL_READERS.has(actor.role);
  const phone = PHONE_READERS.has(actor.role);
  const step = openLink(story);
  const { mission, out, back, booking, pass, arrival, visit, closed } = story;
  return {
    id: story.id, version: story.version, line: storyLine(story), channel: request.channel, receivedAt: request.receivedAt,
    need: request.need, acuity: decision.acuity, pathway: decision.pathway, priority: decision.priority,
    greenChannel: decision.greenChannel, closedLoop: decision.closedLoop, transport: decision.transport,
    entry: decision.entry, policy: decision.policy, policyInForce: decision.policyInForce,
    person: {
      name: request.person.name, groups: request.groups,
      ...(phone && { phone: request.person.phone }),
      ...(phone && request.proxy && { proxy: { name: request.proxy.name, phone: request.proxy.phone } }),
      ...defined({ ageMonths: request.person.ageMonths, sex: request.person.sex, mobility: request.mobility, companion: request.companion }),
    },
    ...(request.unidentified && { unidentified: true as const }),
    town: { code: request.town, name: town?.name ?? { zh: request.town, en: request.town }, district: town?.district ?? '' },
    ...(ADDRESS_READERS.has(actor.role) && { address: request.address }),
    point: request.point ?? town?.centre ?? { lon: 0, lat: 0 },
    ...(clinical && {
      clinical: {
        findings: request.findings, vitals: request.vitals,
        ...(request.lowered && { lowered: loweredView(request.lowered) }),
        ...defined({
          notKnown: request.notKnown, complaint: request.complaint, test: request.test, patientKind: request.patientKind, medicine: request.medicine, allergies: request.allergies,
          medicineDaysLeft: request.medicineDaysLeft, lastSessionAt: request.lastSessionAt,
        }),
      },
    }),
    cohort: cohortOf(story),
    ...(institution && { institution: { code: institution.code, name: institution.name, point: institution.place } }),
    ...(step && { step: linkView(step, city) }),
    links: story.links.map((link) => linkView(link, city)),
    custody: story.custody, holder: holder(story),
    ...defined({ mission: mission && missionFor(actor, mission), out, back, booking, pass, arrival: arrival && (clinical ? arrival : untold(arrival)), closed }),
    ...(clinical && visit && { visit: visitFor(actor, visit) }),
    ...(story.decidedBecause && { changed: { at: story.decidedAt, because: story.decidedBecause } }),
    reasons: decision.reasons, ruledOut: decision.ruledOut, fired: clinical ? decision.fired : [], missing: decision.missing,
    actions: actionsFor(actor, story, city),
  };
}

/** What a crew told of an illness is for those who treat: the guard and the driver see that somebody has arrived. */
function untold({ handOver: _told, ...arrival }: NonNullable<Story['arrival']>): NonNullable<Story['arrival']> {
  return arrival;
}

/** Who treats the person, the person, and the line that reads it out to whoever has no page: everybody else learns what is to be done and not what was said. */
const CONVERSATION_READERS: ReadonlySet<Role> = new Set(['resident', 'hotline', 'cloudDoctor', 'familyDoctor', 'ward', 'expert', 'crew', 'system']);
export const mayReadConversation = ({ role }: Actor): boolean => CONVERSATION_READERS.has(role);

function visitFor(actor: Actor, visit: NonNullable<Story['visit']>): NonNullable<Story['visit']> {
  if (mayReadConversation(actor)) return visit;
  const { messages: _messages, call: _call, ...rest } = visit;
  return rest;
}

/** Who weighs units and calls against each other. Everybody else learns what happens to this patient, and nothing of the others. */
const DISPATCH_READERS: ReadonlySet<Role> = new Set(['dispatcher', 'city', 'district', 'system']);

function missionFor({ role }: Actor, mission: NonNullable<Story['mission']>): NonNullable<Story['mission']> {
  if (DISPATCH_READERS.has(role)) return mission;
  const { reasons: _reasons, joined: _joined, joinedBy: _joinedBy, apartFrom: _apartFrom, ...own } = mission;
  return own;
}

function loweredView({ acuity, clinician, contact, reason }: NonNullable<Story['request']['lowered']>) {
  return { acuity, clinician, contact, reason };
}

function linkView(link: Link, city: City): LinkView {
  return {
    ...link,
    owner: ownerView(link.owner, city),
    missed: link.missed.map(({ at, told }) => ({ at, told: ownerView(told, city) })),
  };
}

export function ownerView(owner: Owner, city: City): OwnerView {
  const [kind, code = ''] = owner.scope.split(':');
  const named = { town: city.towns, institution: city.institutions, district: city.districts }[kind ?? '']?.get(code)?.name;
  return { ...owner, name: named ?? (code && kind !== 'journey' ? { zh: code, en: code } : city.name) };
}

/** Absent stays absent: an undefined key would show up as a fact in an audit. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
