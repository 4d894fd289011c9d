import type { Passage, Profile, Restriction } from '../../../../../src/city/index.ts';
import type { Place } from '../../../../../src/base/index.ts';

export const KINDS = ['cordon', 'closure', 'checkpoint', 'gate'] as const satisfies readonly Restriction['kind'][];
export const TRAVELLERS = ['ambulance', 'permitCar', 'car'] as const satisfies readonly Profile[];
export const SHAPES = ['area', 'line', 'spot'] as const;
export const PASSAGES = ['free', 'delayed', 'closed'] as const;

/** What is being drawn, as it stands in the fields: text until it is sent. */
export interface Draft {
  readonly kind: Restriction['kind'];
  readonly shape: (typeof SHAPES)[number];
  /** One place a line, longitude and latitude: what is pressed on the map is written here too, and can be written by hand. */
  readonly places: string;
  readonly radiusMeters: string;
  readonly passage: Readonly<Record<Profile, { readonly way: (typeof PASSAGES)[number]; readonly minutes: string }>>;
  /** The city's time, as `2022-11-25T08:00`; empty is from now on, and until somebody ends it. */
  readonly from: string;
  readonly until: string;
  /** Times of day; both empty is the whole day. */
  readonly dailyFrom: string;
  readonly dailyTo: string;
  readonly reason: string;
}

const lets = (way: (typeof PASSAGES)[number], minutes = '5'): { readonly way: (typeof PASSAGES)[number]; readonly minutes: string } => ({ way, minutes });
/** How it is mostly meant; everything can be changed. */
const USUAL: Readonly<Record<Draft['kind'], Pick<Draft, 'shape' | 'radiusMeters' | 'passage'>>> = {
  cordon: { shape: 'area', radiusMeters: '500', passage: { ambulance: lets('delayed', '2'), permitCar: lets('delayed', '5'), car: lets('closed') } },
  closure: { shape: 'line', radiusMeters: '20', passage: { ambulance: lets('closed'), permitCar: lets('closed'), car: lets('closed') } },
  checkpoint: { shape: 'spot', radiusMeters: '30', passage: { ambulance: lets('free', '1'), permitCar: lets('delayed', '2'), car: lets('delayed', '5') } },
  gate: { shape: 'spot', radiusMeters: '30', passage: { ambulance: lets('delayed', '2'), permitCar: lets('delayed', '3'), car: lets('closed') } },
};

export function newDraft(kind: Draft['kind'] = 'cordon'): Draft {
  return { kind, ...USUAL[kind], places: '', from: '', until: '', dailyFrom: '', dailyTo: '', reason: '' };
}

/** Another kind of thing with its usual shape and passage; what was drawn stays where it fits. */
export function withKind(draft: Draft, kind: Draft['kind']): Draft {
  const { shape, ...usual } = USUAL[kind];
  return { ...draft, ...usual, kind, shape, places: shape === draft.shape ? draft.places : '' };
}

/** A press on the map: the next corner, or the one place of a spot. */
export function withPlace(draft: Draft, { lon, lat }: Place): Draft {
  const line = `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
  const before = draft.shape === 'spot' ? '' : draft.places.trim();
  return { ...draft, places: before ? `${before}\n${line}` : line };
}

export function withoutLastPlace(draft: Draft): Draft {
  return { ...draft, places: draft.places.trim().split('\n').slice(0, -1).join('\n') };
}

/** The places as far as they can be read, and the lines, from 1, that cannot. */
export function placesOf({ places }: Pick<Draft, 'places'>): { readonly read: readonly Place[]; readonly unreadable: readonly number[] } {
  const rows = places.split('\n').map((text, index) => ({ text: text.trim(), line: index + 1 })).filter(({ text }) => text !== '');
  const read: Place[] = [];
  const unreadable: number[] = [];
  for (const { text, line } of rows) {
    const [lon = NaN, lat = NaN, ...rest] = text.split(/[\s,，]+/).map(Number);
    if (rest.length === 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90) read.push({ lon, lat });
    else unreadable.push(line);
  }
  return { read, unreadable };
}

export type DraftProblem =
  | { readonly field: 'places'; readonly code: 'corners' | 'line' | 'spot' }
  | { readonly field: 'places'; readonly code: 'unreadable'; readonly lines: string }
  | { readonly field: 'radiusMeters'; readonly code: 'radius' }
  | { readonly field: Profile; readonly code: 'minutes' }
  | { readonly field: 'until' | 'from'; readonly code: 'time' }
  | { readonly field: 'until'; readonly code: 'endFirst' }
  | { readonly field: 'daily'; readonly code: 'hours' };

/** Everything that keeps it from being drawn, at once. */
export function problemsOf(draft: Draft): readonly DraftProblem[] {
  const { shape, kind } = draft;
  const problems: DraftProblem[] = [];
  const { read, unreadable } = placesOf(draft);
  if (unreadable.length > 0) problems.push({ field: 'places', code: 'unreadable', lines: unreadable.join(', ') });
  else if (shape === 'area' && read.length < 3) problems.push({ field: 'places', code: 'corners' });
  else if (shape === 'line' && read.length < 2) problems.push({ field: 'places', code: 'line' });
  else if (shape === 'spot' && read.length !== 1) problems.push({ field: 'places', code: 'spot' });
  if (shape === 'spot' && !isBetween(draft.radiusMeters, 5, 5_000)) problems.push({ field: 'radiusMeters', code: 'radius' });
  for (const profile of TRAVELLERS) {
    const { way, minutes } = draft.passage[profile];
    if (kind !== 'closure' && way === 'delayed' && !isBetween(minutes, 0, 24 * 60)) problems.push({ field: profile, code: 'minutes' });
  }
  const [from, until] = [instantOf(draft.from), instantOf(draft.until)];
  if (Number.isNaN(from)) problems.push({ field: 'from', code: 'time' });
  if (Number.isNaN(until)) problems.push({ field: 'until', code: 'time' });
  if (from !== undefined && until !== undefined && until <= from) problems.push({ field: 'until', code: 'endFirst' });
  const { dailyFrom, dailyTo } = draft;
  if ((dailyFrom === '') !== (dailyTo === '') || (dailyFrom !== '' && dailyFrom === dailyTo)) problems.push({ field: 'daily', code: 'hours' });
  return problems;
}

/** What the server is sent. Only for a draft without problems. */
export function bodyOf(draft: Draft): object {
  const { kind, shape, passage, reason, dailyFrom, dailyTo } = draft;
  const { read } = placesOf(draft);
  const [from, until] = [instantOf(draft.from), instantOf(draft.until)];
  const passes = ({ way, minutes }: Draft['passage'][Profile]): Passage =>
    way !== 'delayed' ? way : kind === 'closure' ? 'closed' : { delaySeconds: Math.round(Number(minutes) * 60) };
  return {
    kind, reason, passage: Object.fromEntries(TRAVELLERS.map((profile) => [profile, passes(passage[profile])])),
    area: shape === 'spot' ? { centre: read[0], radiusMeters: Number(draft.radiusMeters) } : { ring: shape === 'line' ? alongside(read) : read },
    ...(from !== undefined && { from }), ...(until !== undefined && { until }), ...(dailyFrom !== '' && { daily: { from: dailyFrom, to: dailyTo } }),
  };
}

function isBetween(text: string, least: number, most: number): boolean {
  return text.trim() !== '' && Number(text) >= least && Number(text) <= most;
}

/** The city's time; undefined when nothing is written, NaN when it cannot be read. */
function instantOf(text: string): number | undefined {
  return text === '' ? undefined : Date.parse(`${text}+08:00`);
}

/** Wide enough to meet a road that is drawn a few metres beside where it lies. */
const HALF_WIDTH_METERS = 6;
const METERS_PER_DEGREE = 111_195;

/** A line as a narrow area: out on its left side, back on its right. */
export function alongside(line: readonly Place[]): readonly Place[] {
  const squeeze = Math.cos(((line[0]?.lat ?? 0) * Math.PI) / 180);
  const at = line.map(({ lon, lat }) => ({ x: lon * squeeze * METERS_PER_DEGREE, y: lat * METERS_PER_DEGREE }));
  const side = (sign: number): Place[] => at.map(({ x, y }, index) => {
    const [before, after] = [at[Math.max(0, index - 1)]!, at[Math.min(at.length - 1, index + 1)]!];
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const [ahead, across] = [(after.x - before.x) / length, (after.y - before.y) / length];
    // The two ends reach a little farther, so that a line that is drawn up to a road meets it.
    const farther = index === 0 ? -HALF_WIDTH_METERS : index === at.length - 1 ? HALF_WIDTH_METERS : 0;
    const east = x - sign * across * HALF_WIDTH_METERS + ahead * farther;
    const north = y + sign * ahead * HALF_WIDTH_METERS + across * farther;
    return { lon: east / METERS_PER_DEGREE / squeeze, lat: north / METERS_PER_DEGREE };
  });
  return [...side(1), ...side(-1).reverse()];
}
