import type { Place } from '../../../base/index.ts';
import { driveMatrix } from '../ask.ts';
import type { Profile } from '../profiles.ts';
import type { Restriction } from '../restriction.ts';
import { roadTimes, type MadeTimes, type RoadTimes } from '../times.ts';
import type { RoadMap } from '../map.ts';

/** What a thread is asked: everything it has to know is in the question, so it keeps nothing that could grow old. */
export type Question =
  | { readonly kind: 'weights'; readonly wanted: readonly Pick<MadeTimes, 'profile' | 'hour'>[]; readonly restrictions: readonly Restriction[] }
  | {
      readonly kind: 'matrix'; readonly profile: Profile; readonly hour: number; readonly restrictions: readonly Restriction[];
      readonly from: readonly Place[]; readonly to: readonly Place[];
    };

/** Times without their map, which both sides have. */
export interface SentTimes {
  readonly profile: Profile;
  readonly hour: number;
  readonly times: Omit<RoadTimes, 'map'>;
}

export type Answer = readonly SentTimes[] | Int32Array;

export function answer(map: RoadMap, question: Question): Answer {
  if (question.kind === 'matrix') {
    const { profile, hour, restrictions, from, to } = question;
    return driveMatrix(roadTimes(map, profile, hour, restrictions), from, to);
  }
  return question.wanted.map(({ profile, hour }) => {
    const { map: _, ...times } = roadTimes(map, profile, hour, question.restrictions);
    return { profile, hour, times };
  });
}
