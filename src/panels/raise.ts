import { accept, DAY_MS, refuse, type Instant, type Result } from '../base/index.ts';
import type { Group, Need } from '../triage/index.ts';
import { daysLeft, nextToEnd, type Member } from './member.ts';
import { medicinesOf, type Elsewhere } from './reasons.ts';
import type { Team } from './team.ts';

/** One raise a day for one need of one person: pressing twice is one request, and a fever answers for no medicine. */
const RAISED_HOLDS_MS = DAY_MS;

/** What the team found out when it called; only the need must be said. */
export interface Raise {
  readonly need: Need;
  readonly findings: readonly string[];
  readonly complaint?: string | undefined;
  /** Of a refill: which. Without it, the first to end. */
  readonly medicines?: readonly string[] | undefined;
}

/** The care request a member becomes: shaped as an intake, without knowing the room that receives it. */
export interface RaisedCare {
  readonly channel: 'panel';
  readonly person: { readonly name: string; readonly phone: string; readonly ageMonths?: number; readonly sex?: 'female' | 'male' | 'other' };
  /** Nobody answers at their own number: whoever has to ring them rings the team. */
  readonly proxy?: { readonly name: string; readonly phone: string; readonly relation: string };
  readonly town: string;
  readonly address: string;
  readonly point?: { readonly lon: number; readonly lat: number };
  readonly need: Need;
  readonly complaint?: string;
  readonly groups: readonly Group[];
  readonly findings: readonly string[];
  readonly vitals: Readonly<Record<string, never>>;
  readonly medicine?: string;
  readonly medicineDaysLeft?: number;
}

const MEDICINE_LENGTH_MAX = 200;
const COMPLAINT_LENGTH_MAX = 500;

/** With everything that is known: nobody is asked again for what the team has in front of it. */
export function raise(member: Member, team: Team | undefined, { need, findings, complaint, medicines }: Raise, elsewhere: Elsewhere, at: Instant): Result<RaisedCare> {
  if (member.left) return refuse('memberLeft');
  // Worse than before is never a repetition: findings or an emergency go through whatever was raised today.
  const repeats = member.raised?.need === need && at - member.raised.at < RAISED_HOLDS_MS && !isOtherMedicine(member, medicines);
  if (repeats && findings.length === 0 && need !== 'emergency') return refuse('alreadyRaised', { journey: member.raised!.journey });
  const known = medicinesOf(member, elsewhere);
  const wanted = medicines ? known.filter(({ name }) => medicines.includes(name)) : [nextToEnd(known)].filter((each) => each !== undefined);
  const about = (medicines ?? wanted.map(({ name }) => name)).join(', ').slice(0, MEDICINE_LENGTH_MAX);
  const next = nextToEnd(wanted);
  const { name, phone, ageMonths, sex, town, address, point, groups } = member;
  const unreachable = phone === '' || member.wrongPhoneAt !== undefined;
  const said = [complaint, need !== 'medicineRefill' && known.length > 0 ? known.map((each) => each.name).join(', ') : undefined].filter(Boolean).join(' · ').slice(0, COMPLAINT_LENGTH_MAX);
  return accept({
    channel: 'panel',
    person: { name, phone: phone || team?.phone || '000', ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }) },
    ...(unreachable && team?.phone && { proxy: { name: team.name, phone: team.phone, relation: 'family doctor' } }),
    town, address, ...(point && { point }), need, groups, findings, vitals: {},
    ...(said && { complaint: said }),
    ...(need === 'medicineRefill' && about && { medicine: about }),
    ...(need === 'medicineRefill' && next && { medicineDaysLeft: daysLeft(next, at) }),
  });
}

/** Insulin asked for this morning does not answer for the tablets that end tonight. */
function isOtherMedicine({ raised }: Member, medicines: readonly string[] | undefined): boolean {
  return raised?.medicines !== undefined && medicines !== undefined && medicines.some((name) => !raised.medicines!.includes(name));
}
