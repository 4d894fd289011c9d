import type { Text } from '../base/index.ts';
import type { Condition } from './document.ts';
import { SETS } from './facts.ts';
import type { Fault, FindingCode } from './findings.ts';
import { boxOf } from './regions.ts';
import type { Box } from './regions.ts';
import type { Attribute, Outcome } from './settle.ts';

/** Something that must not happen to these people, whatever is available. */
export interface PersonRule {
  /** Whom it protects. */
  readonly of: readonly Box[];
  readonly broken: (outcome: Outcome) => boolean;
  readonly fault: (outcome: Outcome) => Fault;
}

function rule(code: FindingCode, of: readonly Condition[], broken: PersonRule['broken'], from: readonly Attribute[], message: Text, about?: string): PersonRule {
  return {
    of: of.map(boxOf), broken,
    fault: ({ by }) => ({ code, ...(about !== undefined && { about }), measures: from.map((attribute) => by[attribute]), message }),
  };
}

const asksTest = ({ plan, venues }: Outcome): boolean => [...venues.keys()].some((venue) => plan(venue, 0, false).entry.testRequired);
const goesAlone = ({ effects, transports }: Outcome): boolean => effects.pathway === 'visit' && transports.includes('own');
const goes = ({ effects }: Outcome): boolean => effects.pathway !== 'remote';

export const PERSON_RULES: readonly PersonRule[] = [
  rule('underThreeTested', [{ age: ['underThree'] }], asksTest, ['testRequired'],
    { zh: '3岁以下的孩子被要求出示检测', en: 'a child under three is asked for a test' }),
  rule('groundBlocks', [{ test: SETS.test!.notValid! }], (outcome) => asksTest(outcome) && outcome.effects.entry !== 'bufferZone', ['testRequired', 'entry'],
    { zh: '要查检测结果，没有有效结果的人却没有别的入口', en: 'the door asks for a test and leaves whoever has no valid one no other door' }, 'door'),
  rule('positiveBesideOthers', [{ test: SETS.test!.anyPositive! }], (outcome) => goes(outcome) && outcome.effects.entry !== 'bufferZone', ['entry'],
    { zh: '检测阳性的人与其他人走同一个入口', en: 'somebody with a positive test goes in through the same door as everybody else' }),
  rule('ownWayLyingDown', [{ mobility: ['stretcher'] }], goesAlone, ['transport'],
    { zh: '只能躺着的人被要求自行前往', en: 'somebody who has to lie down is told to travel on their own' }),
  rule('ownWayRestricted', [{ period: ['inForce'], patientKind: SETS.patientKind!.restricted! }], goesAlone, ['transport'],
    { zh: '受管控的人被要求自行前往', en: 'somebody who may not move about is told to travel on their own' }),
  // What hands meet, nothing at a distance does.
  rule('remoteNeedsHands', [{ need: ['haemodialysis', 'obstetrics', 'radiotherapy', 'chemotherapy'] }, { fever: ['yes'] }, { hands: ['yes'] }], ({ effects }) => effects.pathway === 'remote', ['pathway'],
    { zh: '必须当面处理的情况被转到线上', en: 'what needs hands and eyes is made remote' }),
];
