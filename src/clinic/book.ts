import type { Formulary } from './formulary.ts';
import type { ClinicRules } from './rules.ts';

/** What the clinic goes by: its rules and its formulary. */
export interface ClinicBook {
  readonly rules: ClinicRules;
  readonly formulary: Formulary;
}
