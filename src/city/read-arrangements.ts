import { SERVICES, type Counterpart, type ServiceStatus } from './city.ts';
import type { Entry, Row } from './sheet.ts';

/** One row may speak for several towns: the same institutions answer for all of them. */
export type CounterpartEntry = Entry<Omit<Counterpart, 'town'> & { readonly towns: readonly string[] }>;
export type StatusEntry = Entry<ServiceStatus>;

const STATES = ['limited', 'closed'] as const;
export const REASONS = ['disinfection', 'staffQuarantined', 'cordon', 'capacity', 'works', 'other'] as const;

/** `counterparts.yaml`: who answers for whom, in order. */
export function readCounterparts(sheet: Row): readonly CounterpartEntry[] {
  const allSynthetic = sheet.flag('synthetic');
  const entries = sheet.rows('counterparts').map((row) => {
    const synthetic = row.flag('synthetic', allSynthetic);
    const service = row.optionalChoice('service', SERVICES);
    const period = row.period();
    const value = {
      towns: named(row, 'towns'), institutions: named(row, 'institutions'), ...(service && { service }),
      ...(period && { period }), ...(synthetic && { synthetic }),
    };
    row.finish();
    return { row, value };
  });
  sheet.finish();
  return entries;
}

function named(row: Row, field: string): readonly string[] {
  if (!row.has(field)) row.problem('missing', `"${field}" is missing: list at least one code`, field);
  const codes = row.words(field);
  if (row.has(field) && codes.length === 0) row.problem('missing', `"${field}" is empty: list at least one code`, field);
  return codes;
}

/** `status.yaml`: what is closed or limited when the city opens, in the words in which a ward reports it. */
export function readStatus(sheet: Row): readonly StatusEntry[] {
  const entries = sheet.rows('closures').map((row) => {
    if (!row.has('since')) row.problem('missing', '"since" is missing: say when it began', 'since');
    const [since, until] = [row.instant('since'), row.instant('until')];
    if (since !== undefined && until !== undefined && until <= since) {
      row.problem('periodBackwards', '"until" must be later than "since"', 'until');
    }
    const reason = row.optionalChoice('reason', REASONS);
    const standIn = row.optionalText('standIn');
    const value = {
      institution: row.text('institution'), service: row.choice('service', SERVICES) ?? 'emergency',
      state: row.choice('state', STATES) ?? 'closed', since: since ?? 0, ...(until !== undefined && { until }),
      ...(reason && { reason }), ...(standIn && { standIn }), reportedBy: row.text('reportedBy'), reportedAt: row.instant('reportedAt') ?? since ?? 0,
    };
    row.finish();
    return { row, value };
  });
  sheet.finish();
  return entries;
}
