import { formatInstant, type Instant } from '../../base/index.ts';

/** `2022-11`, in the city's own days. */
export const monthOf = (at: Instant): string => formatInstant(at).slice(0, 7);
