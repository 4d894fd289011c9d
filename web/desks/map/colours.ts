/** The page's own colours, by day and by night. Colour is left to acuity and lateness; everything else is ink on paper. */
export interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly strong: string;
  readonly late: string;
  readonly focus: string;
}

export function coloursNow(): Colours {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string): string => css.getPropertyValue(`--${name}`).trim();
  return { paper: colour('paper-sunken'), ink: colour('ink'), quiet: colour('ink-quiet'), line: colour('line'), strong: colour('line-strong'), late: colour('late'), focus: colour('focus') };
}

/** The only font every label is drawn in: it comes with the page. */
export const MAP_FONT = ['Noto Sans SC'];
export const haloOf = ({ paper }: Colours): { 'text-halo-color': string; 'text-halo-width': number } => ({ 'text-halo-color': paper, 'text-halo-width': 1.5 });
