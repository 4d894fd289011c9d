import type { Consciousness, Need } from '../triage.ts';

/** One sign, however it came to be known: reported, measured, or the reason for asking at all. */
export interface DangerSign {
  readonly sign: string;
  readonly findings: readonly string[];
  readonly consciousness?: readonly Consciousness[];
  readonly needs?: readonly Need[];
  /** The sign is there at or above `from`, and below `below`. */
  readonly temperatureCelsius?: { readonly from: number; readonly below: number };
}

/**
 * The four of which any two are red in the Interagency Integrated Triage Tool. A fever given as the need counts whatever
 * the thermometer says now: tablets bring a temperature down, and sending meningitis home is the worse error.
 */
export const DANGER_SIGNS: readonly DangerSign[] = [
  { sign: 'alteredMentalState', findings: ['confusion', 'drowsy'], consciousness: ['confused', 'voice', 'pain', 'unresponsive'] },
  { sign: 'stiffNeck', findings: ['stiffNeck'] },
  {
    sign: 'feverOrHypothermia', findings: ['fever', 'feverFiveDays', 'feverOnChemotherapy'], needs: ['fever'],
    temperatureCelsius: { from: 38, below: 36 },
  },
  { sign: 'headache', findings: ['suddenSevereHeadache'] },
];
