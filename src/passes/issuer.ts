import { parseInstant, type CsvCell, type CsvProblem, type CsvTable, type Instant, type Refusal, type Text } from '../base/index.ts';

/** Who may give passes to their own people. */
export const ISSUER_KINDS = ['hospital', 'epidemicControl', 'police', 'courier', 'other'] as const;
export type IssuerKind = (typeof ISSUER_KINDS)[number];

export interface Issuer {
  readonly id: string;
  readonly kind: IssuerKind;
  readonly name: Text;
  /** Districts its passes may be good in; absent: the whole city. */
  readonly areas?: readonly string[];
  readonly passesMax: number;
  readonly until: Instant;
  readonly enrolledAt: Instant;
  readonly withdrawn?: { readonly at: Instant; readonly by: string; readonly reason: string };
}

/** A unit with how many of its passes are in force, and how many it has withdrawn. */
export type IssuerCounted = Issuer & { readonly live: number; readonly revoked: number };

/** A pass of somebody who works: made by a unit, or by the city, and by no journey. */
export interface WorkPass {
  readonly code: string;
  /** @see PassClaims */
  readonly issuer: string;
  readonly batch?: string;
  readonly kind: 'work' | 'delivery' | 'companion';
  readonly name: string;
  readonly duty?: string;
  readonly areas?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly issuedAt: Instant;
  readonly revokedAt?: Instant;
}

export interface IssuedPass extends WorkPass {
  readonly revokedReason?: string;
}

/** One upload at most; more is a list that nobody has read. */
export const UPLOAD_MAX = 5_000;
const NAME_MAX = 60;
const DUTY_MAX = 40;

/** A unit's own list of people. Nothing else is asked: no number of a document, no telephone, no illness. */
export const PASS_COLUMNS = { required: ['name', 'from', 'until'], optional: ['duty', 'areas'] } as const;

export interface WantedPass {
  readonly name: string;
  readonly duty?: string;
  readonly areas?: readonly string[];
  readonly validFrom: Instant;
  readonly validTo: Instant;
}

export interface ReadPasses {
  readonly wanted: readonly WantedPass[];
  readonly problems: readonly { readonly line: number; readonly column: number; readonly refusal: Refusal }[];
}

/** A number of a document where a name or a duty belongs, also written apart: printed on a pass, everybody at the roadblock reads it. */
const DOCUMENT = /(?:\p{Nd}[\s.-]?){6,}/u;
/** What somebody has, or is taken to have. A duty may name a disease ("swabs for tests"); nobody's own result stands on a pass. */
const ILLNESS = /阳性|阴性|确诊|疑似|密接|密切接触|感染者|\b(?:positive|negative|infected)\b/iu;
/** What a printer or a screen takes for an order, or shows in another order than it is written. */
const ODD = /[\p{Cc}\p{Cf}<>]|^[=+@-]/u;

/** Whose pass it is, for a unit: the same name, duty and begin is the same person. */
export const holderKey = ({ name, duty = '', validFrom }: Pick<WantedPass, 'name' | 'duty' | 'validFrom'>): string => `${name}\0${duty}\0${validFrom}`;

/**
 * Every line, with everything that is wrong by line and column.
 * @param districts of this city, by code
 * @param issued how many passes of the unit are in force
 * @param held who has one of them already, by `holderKey`: whoever is withdrawn once must not have a second
 */
export function readPasses({ rows, problems }: CsvTable, issuer: Issuer, districts: ReadonlySet<string>, issued: number, at: Instant, held: ReadonlySet<string> = new Set()): ReadPasses {
  const found: { line: number; column: number; refusal: Refusal }[] = problems.map(({ line, column, code, facts }: CsvProblem) => ({ line, column, refusal: { code, facts: { line, column, ...facts } } }));
  const wanted: WantedPass[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const before = found.length;
    const wrong = ({ line, column }: CsvCell, code: string, facts?: Refusal['facts']): void => void found.push({ line, column, refusal: { code, ...(facts && { facts }) } });
    const [name, duty, areas, from, until] = ['name', 'duty', 'areas', 'from', 'until'].map((column) => row.get(column)!) as [CsvCell, CsvCell, CsvCell, CsvCell, CsvCell];
    const called = name.text.trim();
    if (called === '' || called.length > NAME_MAX) wrong(name, 'passNameMissing', { max: NAME_MAX });
    if (duty.text.trim().length > DUTY_MAX) wrong(duty, 'passDutyTooLong', { max: DUTY_MAX });
    for (const cell of [name, duty]) {
      if (DOCUMENT.test(cell.text)) wrong(cell, 'passHoldsNumber');
      if (ILLNESS.test(cell.text)) wrong(cell, 'passHoldsIllness');
      if (ODD.test(cell.text.trim())) wrong(cell, 'passHoldsSign');
    }
    const named = [...new Set(areas.text.split(/[\s;、，；]+/u).filter((area) => area !== ''))];
    for (const area of named) {
      if (!districts.has(area)) wrong(areas, 'districtUnknown', { district: area });
      else if (issuer.areas && !issuer.areas.includes(area)) wrong(areas, 'areaNotYours', { district: area });
    }
    const [validFrom, validTo] = [from, until].map((cell) => {
      const instant = parseInstant(cell.text.trim());
      if (instant === undefined) wrong(cell, 'instantInvalid');
      return instant ?? NaN;
    }) as [Instant, Instant];
    if (validTo <= validFrom) wrong(until, 'endsBeforeBegin');
    if (validTo <= at) wrong(until, 'passOver');
    if (validTo > issuer.until) wrong(until, 'passBeyondUnit', { until: issuer.until });
    const key = holderKey({ name: called, duty: duty.text.trim(), validFrom });
    const first = seen.get(key);
    if (first !== undefined && called !== '') wrong(name, 'passTwice', { line: first });
    if (held.has(key)) wrong(name, 'passHeldAlready');
    seen.set(key, first ?? name.line);
    if (found.length > before) continue;
    const good = named.length > 0 ? named : issuer.areas;
    wanted.push({ name: called, ...(duty.text.trim() && { duty: duty.text.trim() }), ...(good && { areas: good }), validFrom, validTo });
  }
  const [first] = rows;
  const at1 = { line: first ? [...first.values()][0]!.line : 1, column: 1 };
  if (rows.length > UPLOAD_MAX) found.push({ ...at1, refusal: { code: 'uploadTooLong', facts: { max: UPLOAD_MAX } } });
  if (issued + wanted.length > issuer.passesMax) found.push({ ...at1, refusal: { code: 'passesMaxReached', facts: { max: issuer.passesMax, issued } } });
  return { wanted, problems: found.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** May this unit issue now? */
export function mayIssue(issuer: Issuer | undefined, at: Instant): Refusal | undefined {
  if (!issuer) return { code: 'issuerUnknown' };
  if (issuer.withdrawn) return { code: 'issuerIsWithdrawn' };
  return issuer.until <= at ? { code: 'issuerOver', facts: { until: issuer.until } } : undefined;
}
