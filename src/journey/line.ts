import { clockTime, type Instant } from '../base/index.ts';
import { missionRuns } from '../dispatch/index.ts';
import type { Ride } from '../trips/index.ts';
import { openLink, type Story } from './story.ts';

/**
 * The story as one line, the same on the phone, in the log, in tests and on screens:
 * `R1 haemodialysis III ~ slot ZZ-H07 14:00 ~ pass 09:10-02:00 ~ C12 13:20>13:44 ~ care ZZ-H07 13:50-18:05 ~ C12 18:20>18:41 ~ home 18:45`.
 * A step still open ends the line with `?`, who owns it and until when. No name and no address stands on it.
 */
export function storyLine(story: Story): string {
  return [...done(story), ...end(story)].join(' ~ ');
}

function done(story: Story): string[] {
  const { request, decision, booking, pass, mission, out, back, arrival, visit } = story;
  const parts = [`${story.id} ${request.need} ${decision.acuity}`];
  for (const { institution, transport, cause } of story.excluded) parts.push(`${institution ?? transport} ${cause}`);
  if (booking && !booking.cancelled) parts.push(`slot ${booking.slot.institution} ${clockTime(booking.slot.startsAt)}`);
  if (pass && !pass.revoked) parts.push(`pass ${clockTime(pass.validFrom)}-${clockTime(pass.validTo)}`);
  if (mission?.unit && (missionRuns(mission) || mission.times.aboard !== undefined)) {
    parts.push(`${mission.unit} ${span(mission.times.aboard, mission.times.atDestination, '>')}`);
  }
  if (mission?.unitsLost !== undefined) parts.push(`${mission.unitsLost} lost`);
  if (out?.car && !out.cancelled) parts.push(ride(out));
  if (visit?.doctor) parts.push(`cloud ${visit.institution} ${time(visit.answeredAt)}`);
  if (visit?.dispensedAt !== undefined) parts.push(`dispensed ${time(visit.dispensedAt)}`);
  if (visit?.deliveredAt !== undefined) parts.push(`delivered ${time(visit.deliveredAt)}`);
  if (arrival?.receivedAt !== undefined) {
    const door = decision.entry.via === 'bufferZone' ? ' via buffer zone' : '';
    const admitted = arrival.admittedAt === undefined ? '' : ' admitted';
    parts.push(`care ${arrival.institution}${door}${admitted} ${span(arrival.receivedAt, arrival.treatedAt, '-')}`);
  }
  if (back?.car && !back.cancelled) parts.push(ride(back));
  return parts;
}

function end(story: Story): string[] {
  const { closed, homeConfirmedAt } = story;
  if (closed) {
    const home = homeConfirmedAt === undefined ? [] : [`home ${clockTime(homeConfirmedAt)}`];
    if (closed.outcome === 'joined') return [`joined ${story.mergedInto ?? story.mission?.joined}`, 'closed'];
    return closed.outcome === 'home' ? [...home, 'closed'] : [...home, closed.outcome, 'closed'];
  }
  const link = openLink(story);
  if (!link) return [];
  const late = link.missed.length > 0 ? ` late, told ${link.missed.at(-1)!.told.role}` : '';
  return [`${link.kind}? ${link.owner.role} by ${time(link.dueAt)}${late}`];
}

const ride = ({ car, times }: Ride): string => `${car} ${span(times.aboard, times.arrived, '>')}`;
const time = (instant: Instant | undefined): string => (instant === undefined ? '…' : clockTime(instant));
const span = (from: Instant | undefined, to: Instant | undefined, sign: string): string => `${time(from)}${sign}${time(to)}`;
