import type { JourneyView } from '../../../src/journey/index.ts';

/** Each level has a shape of its own, so that it is told apart in grey, by the colour-blind and on a bad print. Box 24 × 24. */
export const ACUITY_SHAPES: Readonly<Record<JourneyView['acuity'], string>> = {
  I: 'M3 3h18v18H3z',
  II: 'M12 1l11 11-11 11L1 12z',
  III: 'M12 2l11 20H1z',
  IV: 'M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21z',
};

/** Where the numeral stands: a triangle is wide below. */
export const ACUITY_BASELINE: Readonly<Record<JourneyView['acuity'], number>> = { I: 16.5, II: 16.5, III: 19, IV: 16.5 };
