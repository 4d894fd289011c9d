import { accept, DAY_MS, refuse, type Instant, type Result } from '../base/index.ts';
import type { Member, PanelEvent } from './member.ts';

/** How long the other team has to say yes or no; then the district is told. Chosen by us. */
const TRANSFER_MS = DAY_MS;

/**
 * One team asks another: "take them" or "give them to us". Until the other has said yes the old one stays responsible, so that
 * at no moment somebody is on no list.
 * @param to whose they would be
 * @param askedBy one of the two; the other one answers
 */
export function askTransfer(member: Member, { to, askedBy, reason, by }: { readonly to: string; readonly askedBy: string; readonly reason: string; readonly by: string }, at: Instant): Result<PanelEvent> {
  if (member.left) return refuse('memberLeft');
  if (to === member.team) return refuse('sameTeam', {}, 'team');
  if (member.transfer) return refuse('transferAsked', { team: member.transfer.to });
  return accept({ type: 'TransferAsked', to, askedBy, reason, by, dueAt: at + TRANSFER_MS });
}

/** Whoever was asked says so; the district may where nobody does. */
export function answerTransfer(member: Member, answer: 'accept' | 'decline', { by, reason, teams, overrules }: { readonly by: string; readonly reason: string; readonly teams: ReadonlySet<string>; readonly overrules: boolean }): Result<PanelEvent> {
  const { transfer } = member;
  if (!transfer) return refuse('noTransfer');
  const answers = transfer.askedBy === transfer.to ? member.team : transfer.to;
  if (!overrules && !teams.has(answers)) return refuse('transferOfOthers');
  if (answer === 'accept') return accept({ type: 'TransferAccepted', by });
  return accept({ type: 'TransferDeclined', by, reason });
}

/** Died, gone from the city, does not want it: said by somebody, by name. An empty place in a file is no reason. */
export function leave(member: Member, by: string, reason: string): Result<PanelEvent> {
  if (member.left) return refuse('memberLeft');
  return accept({ type: 'MemberLeft', by, reason });
}

export function keep(member: Member, by: string, reason: string): Result<PanelEvent> {
  if (!member.question) return refuse('nothingAsked');
  return accept({ type: 'MemberKept', by, reason });
}
