import type { Text } from '../base/index.ts';
import { PLACE_RULES } from './check-places.ts';
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
const goesAmongOthers = (outcome: Outcome): boolean => goes(outcome) && outcome.effects.entry !== 'bufferZone';
/** Taken out by an ambulance, which does not wait for the way back. */
const leftToGetHome = ({ effects }: Outcome): boolean => effects.pathway === 'emergency' && effects.wayBack === 'own';
/** Without a release and a pass the gate is where a visit ends. */
const notLetOut = ({ effects }: Outcome): boolean => effects.pathway === 'visit' && !effects.release;
const waitsForSlot = ({ effects }: Outcome): boolean => effects.pathway === 'visit' && effects.byAppointment && effects.venue !== 'emergencyDepartment';

/** Held where they are, also where no announcement holds. */
const HELD: Condition = { period: SETS.period!.ordinary!, patientKind: ['highRiskArea', 'isolationPoint'] };
const RESTRICTED: Condition = { period: ['inForce'], patientKind: SETS.patientKind!.restricted! };

export const PERSON_RULES: readonly PersonRule[] = [
  rule('underThreeTested', [{ age: ['underThree'] }], asksTest, ['testRequired'],
    { zh: '3岁以下的孩子被要求出示检测', en: 'a child under three is asked for a test' }),
  rule('groundBlocks', [{ test: SETS.test!.notValid! }], (outcome) => asksTest(outcome) && outcome.effects.entry !== 'bufferZone', ['testRequired', 'entry'],
    { zh: '要查检测结果，没有有效结果的人却没有别的入口', en: 'the door asks for a test and leaves whoever has no valid one no other door' }, 'door'),
  rule('positiveBesideOthers', [{ test: SETS.test!.anyPositive! }], goesAmongOthers, ['entry'],
    { zh: '检测阳性的人与其他人走同一个入口', en: 'somebody with a positive test goes in through the same door as everybody else' }),
  rule('ownWayLyingDown', [{ mobility: ['stretcher'] }], goesAlone, ['transport'],
    { zh: '只能躺着的人被要求自行前往', en: 'somebody who has to lie down is told to travel on their own' }),
  rule('ownWayRestricted', [RESTRICTED, HELD], goesAlone, ['transport'],
    { zh: '受管控的人被要求自行前往', en: 'somebody who may not move about is told to travel on their own' }),
  rule('noWayBack', [{ period: ['inForce'] }, HELD, { mobility: ['stretcher'] }], leftToGetHome, ['wayBack'],
    { zh: '有人被救护车接走，却要自己回家', en: 'somebody is taken out by ambulance and left to find their own way home' }, 'alone'),
  rule('visitWithoutRelease', [{ period: ['inForce'] }, HELD], notLetOut, ['release', 'pathway'],
    { zh: '要去就诊，却没有放行和通行证：人会被拦在小区门口', en: 'somebody is to be seen there and has no release and no pass: the gate of the compound is where it ends' }),
  rule('unknownBesideOthers', [{ period: ['inForce'], acuity: SETS.acuity!.emergencies!, test: SETS.test!.notValid! }, RESTRICTED, HELD], goesAmongOthers, ['entry'],
    { zh: '情况不明或来自管控区域的人与其他人走同一个入口', en: 'somebody whose status is not known, or from a controlled area, goes in through the same door as everybody else' }),
  rule('emergencyWaits', [{ acuity: SETS.acuity!.emergencies! }], ({ effects }) => !effects.greenChannel, ['greenChannel'],
    { zh: '急危重症没有绿色通道，要和别人一起排队', en: 'an emergency has no green channel and queues with everybody else' }, 'greenChannel'),
  rule('slotBeforeEmergency', [{ need: ['emergency'] }, { need: SETS.need!.remote!, fever: ['no'], hands: ['yes'] }], waitsForSlot, ['byAppointment', 'venue'],
    { zh: '要马上当面看的情况被安排预约', en: 'what has to be looked at in person at once is put behind an appointment' }, 'need'),
  rule('remoteWithoutGuardian', [{ age: ['underThree', 'threeToFive'] }, { age: ['unknown'], group: ['child'] }],
    ({ effects }) => effects.pathway === 'remote' && !effects.guardianPresent, ['guardianPresent', 'pathway'],
    { zh: '六岁以下的孩子线上看病却没有监护人陪同', en: 'a child under six is seen at a distance without a guardian' }),
  // What hands meet, nothing at a distance does; what the law lets be seen there is a follow-up, a refill and advice.
  rule('remoteNeedsHands', [{ need: SETS.need!.visits! }, { fever: ['yes'] }, { hands: ['yes'] }], ({ effects }) => effects.pathway === 'remote', ['pathway'],
    { zh: '必须当面处理的情况被转到线上', en: 'what needs hands and eyes is made remote' }),
  ...PLACE_RULES,
];
