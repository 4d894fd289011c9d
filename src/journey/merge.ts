import type { Refusal } from '../base/index.ts';
import { endExpectation, giveEverythingBack } from './step.ts';
import { holder, isAtHome, type Command, type Story } from './story.ts';
import type { Telling } from './telling.ts';

type Given<T extends Command['type']> = Extract<Command, { readonly type: T }>;

/**
 * This request is of somebody who was brought in without a name and is received: it ends there, and what was taken for it is free. Never while they are on
 * the road for it: then it is somebody else, and joined they would be left alone.
 */
export function mergeInto(telling: Telling, into: string): Refusal | undefined {
  const { story } = telling;
  if (!isAtHome(story)) return { code: 'personIsAway', facts: { holder: holder(story) } };
  telling.tell({ type: 'RequestMerged', into });
  giveEverythingBack(telling, 'joined');
  endExpectation(telling, 'joined');
  telling.tell({ type: 'RequestClosed', outcome: 'joined' });
  return undefined;
}

/** What was said at home counts at the bedside as well; nobody who treats them is asked again where they should be. */
export function takeInRequest(telling: Telling, { findings, vitals }: Given<'takeInRequest'>): Refusal | undefined {
  const { request }: Story = telling.story;
  const news = findings.filter((finding) => !request.findings.includes(finding));
  if (news.length > 0 || Object.keys(vitals).length > 0) telling.tell({ type: 'AnswersAdded', findings: news, vitals });
  return undefined;
}
