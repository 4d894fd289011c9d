import type { Decision, PlannedLink } from '../policy/index.ts';

/** What can be different between two decisions about the same person, as a person would notice it. */
export const DIFFERENCES = [
  'acuity', 'pathway', 'venue', 'service', 'transport', 'closedLoop', 'entry', 'appointment', 'greenChannel', 'safeguards', 'steps', 'owners', 'deadlines',
] as const;
export type Difference = (typeof DIFFERENCES)[number];

/**
 * How two decisions differ in what is done for the person. Which house of the same kind it is, and whether one has to be
 * looked for, is the state of the city and not of the rules; reasons that changed their wording change nothing for anybody.
 */
export function differencesBetween(a: Decision, b: Decision): readonly Difference[] {
  const [linksOfA, linksOfB] = [byRule(a), byRule(b)];
  const sameSteps = list(linksOfA, ({ kind }) => kind) === list(linksOfB, ({ kind }) => kind);
  const differs: Record<Difference, boolean> = {
    acuity: a.acuity !== b.acuity,
    pathway: a.pathway !== b.pathway,
    venue: a.venueKind !== b.venueKind,
    service: a.service !== b.service,
    transport: a.transport !== b.transport,
    closedLoop: a.closedLoop !== b.closedLoop,
    entry: a.entry.testRequired !== b.entry.testRequired || a.entry.via !== b.entry.via,
    appointment: a.byAppointment !== b.byAppointment,
    greenChannel: a.greenChannel !== b.greenChannel,
    safeguards: [...a.safeguards].sort().join() !== [...b.safeguards].sort().join(),
    steps: !sameSteps,
    owners: sameSteps && list(linksOfA, ({ owner }) => owner) !== list(linksOfB, ({ owner }) => owner),
    deadlines: sameSteps && list(linksOfA, ({ dueSeconds }) => String(dueSeconds)) !== list(linksOfB, ({ dueSeconds }) => String(dueSeconds)),
  };
  return DIFFERENCES.filter((name) => differs[name]);
}

/** The search for a place stands where the city has none open, whatever the rule. */
function byRule({ links }: Decision): readonly PlannedLink[] {
  return links.filter(({ kind }) => kind !== 'findPlace');
}

function list(links: readonly PlannedLink[], of: (link: PlannedLink) => string): string {
  return links.map(of).join();
}
