import { factsOf, groupsOf, readCase, type CareCase, type Facts } from '../../../../../src/policy/index.ts';
import { FINDINGS, triage } from '../../../../../src/triage/index.ts';
import { EMPTY, type Draft } from '../../../requests/draft.ts';
import { caseOf, NOTHING_TRIED, type Tried } from './tried.ts';

const HOUR_MS = 3_600_000;
/** An age in the middle of each band; whoever is old or still a minor is said so below. */
const AGES: Readonly<Record<Facts['age'], string>> = { underThree: '2', threeToFive: '4', sixToThirteen: '9', fourteenAndOver: '40', unknown: '' };
const OLD = '70';
const MINOR = '16';
/**
 * Nothing measured, a temperature known to be mild, a clear fever, and a pulse of level III, II and I: whoever has no finding
 * can still be that urgent.
 */
const MEASURED: readonly Tried['vitals'][] = [undefined, '105', '155', '185'].flatMap((pulsePerMinute) => [undefined, '37.4', '39.5'].map((temperatureCelsius) =>
  ({ ...(pulsePerMinute !== undefined && { pulsePerMinute }), ...(temperatureCelsius !== undefined && { temperatureCelsius }) })));

interface Announcement {
  readonly period: { readonly from: number; readonly to?: number };
  readonly districts: readonly string[];
}
interface Places {
  readonly towns: readonly { readonly code: string; readonly district: string }[];
  readonly institutions: readonly { readonly code: string }[];
}

/**
 * A case that somebody could come with, for one combination of facts: what the check found can be tried by hand, asked about and
 * changed. Acuity, fever and the need of hands come from what is found, so findings are tried until the tables say the same;
 * where none says exactly that, the case comes near and says so.
 */
export function caseShowing(facts: Facts, announcement: Announcement, { towns, institutions }: Places): Tried {
  const at = instantFor(facts.period, announcement.period);
  const elsewhere = facts.period.endsWith('Elsewhere');
  const town = towns.find(({ district }) => announcement.districts.includes(district) !== elsewhere)?.code ?? '';
  // The rules ask whether somebody has an institution of their own, not which.
  const ownInstitution = facts.ownInstitution === 'yes' ? (institutions[0]?.code ?? '') : '';
  const draft: Draft = { ...EMPTY, ...personOf(facts), need: facts.need, town, ownInstitution };
  const plain: Tried = { ...NOTHING_TRIED, draft, at };
  const found = candidates(plain).find((tried) => shows(tried, facts));
  return { ...(found ?? plain), example: { exact: found !== undefined && town !== '' } };
}

function personOf({ age, groups, mobility, patientKind, test }: Facts): Partial<Draft> {
  // The age says who is under three, and a form that is changed then says it no longer.
  const named = groupsOf(groups).filter((group) => group !== 'underThree');
  const years = age !== 'fourteenAndOver' ? AGES[age] : named.includes('elderly') ? OLD : named.includes('child') ? MINOR : AGES[age];
  return {
    age: years, ageUnit: 'years', groups: named,
    mobility: mobility === 'unknown' ? '' : mobility, patientKind: patientKind === 'unknown' ? '' : patientKind, test: test === 'unknown' ? '' : test,
  };
}

/** From the plainest on: nothing found, one finding, a fever and one finding; each with what may be measured. */
function candidates(plain: Tried): readonly Tried[] {
  const codes = FINDINGS.map(({ code }) => code);
  const sets: readonly (readonly string[])[] = [[], ['fever'], ...codes.map((code) => [code]), ...codes.map((code) => ['fever', code])];
  return sets.flatMap((findings) => MEASURED.map((vitals): Tried => ({ ...plain, draft: { ...plain.draft, findings }, vitals })));
}

/** Whether the case has exactly these facts; time and place are chosen apart from it. */
export function shows(tried: Tried, facts: Facts): boolean {
  const read = readCase(caseOf(tried, tried.at ?? 0));
  if ('problems' in read) return false;
  const care: CareCase = read.care;
  const triaged = triage(care);
  if (triaged.acuity !== facts.acuity) return false;
  const same = factsOf(care, triaged, facts.period);
  return (Object.keys(facts) as (keyof Facts)[]).every((fact) => same[fact] === facts[fact]);
}

function instantFor(period: Facts['period'], { from, to }: Announcement['period']): number {
  if (period.startsWith('before')) return from - HOUR_MS;
  if (period.startsWith('after')) return (to ?? from) + HOUR_MS;
  return from + (to === undefined ? HOUR_MS : Math.min(HOUR_MS, (to - from) / 2));
}
