import type { Text } from '../base/index.ts';
import { ACUITIES } from '../triage/index.ts';
import type { Effects, LinkTerms, Measure, TermsKey } from './document.ts';
import { boxOf } from './regions.ts';
import { sayBox } from './say-case.ts';
import type { Headline } from './settle.ts';
import {
  CHOICE_WORDS, duration, ENTRY_WORDS, join, listed, OWNER_WORDS, PATHWAY_WORDS, SAFEGUARD_WORDS, SERVICE_WORDS, STEP_WORDS, TRANSPORT_WORDS, VENUE_WORDS,
} from './words.ts';

const say = (zh: string, en: string): Text => ({ zh, en });

/** A measure in words: whom it concerns, and what follows. */
export function sayMeasure({ when, then }: Measure): { readonly who: Text; readonly what: Text } {
  const boxes = when.length === 0 ? [boxOf({})] : when.map(boxOf);
  return { who: join(boxes.map(sayBox), '；或', '; or '), what: listed(sayEffects(then)) };
}

const FLAG_WORDS: Readonly<Record<string, readonly [yes: Text, no: Text]>> = {
  closedLoop: [say('闭环接送', 'closed loop'), say('不闭环', 'no closed loop')],
  byAppointment: [say('预约', 'by appointment'), say('不用预约', 'without appointment')],
  greenChannel: [say('绿色通道', 'green channel'), say('无绿色通道', 'no green channel')],
  testRequired: [say('查验检测结果', 'the door looks at a test'), say('不查检测结果', 'no test asked')],
  release: [say('社区放行并开通行证', 'let out with a pass'), say('不用放行', 'no release needed')],
  dispense: [say('配药送药', 'medicine dispensed and delivered'), say('不配药', 'no medicine')],
  guardianPresent: [SAFEGUARD_WORDS.guardianPresent, say('不用监护人', 'no guardian needed')],
  controlledDrugsInPerson: [SAFEGUARD_WORDS.controlledDrugsInPerson, say('管制药品可线上开', 'controlled medicine online')],
};

const HEADLINE_WORDS: Readonly<Record<Headline, Text>> = {
  pathway: say('就医方式', 'the pathway'), venue: say('就诊地点', 'the kind of place'), choice: say('先找哪一家', 'which place is asked first'),
  transport: say('出行方式', 'the way there'), wayBack: say('回家方式', 'the way home'), entry: say('入口', 'the entrance'),
  closedLoop: say('闭环接送', 'the closed loop'), byAppointment: say('是否预约', 'the appointment'), greenChannel: say('绿色通道', 'the green channel'),
  testRequired: say('是否查验检测', 'whether a test is asked'), release: say('社区放行', 'being let out'), dispense: say('配药送药', 'medicine to the door'),
  guardianPresent: say('监护人陪同', 'the guardian'), controlledDrugsInPerson: say('管制药品当面开', 'controlled medicine in person'),
};
const isHeadline = (name: string): name is Headline => Object.hasOwn(HEADLINE_WORDS, name);
/** A kind of venue or a way there. */
export const sayOption = (name: string): Text => ({ ...VENUE_WORDS, ...TRANSPORT_WORDS } as Readonly<Record<string, Text>>)[name]!;

/** What a measure can settle, as a planner names it: `transport`, `otherwise.feverClinic`, `slot.owner`, `slot.within`, `slot.within.III`. */
export function sayAttribute(attribute: string): Text {
  if (isHeadline(attribute)) return HEADLINE_WORDS[attribute];
  const [name, part, acuity] = attribute.split('.') as [string, string, string?];
  if (name === 'otherwise') return { zh: `${sayOption(part).zh}不行时的替代`, en: `what stands in for the ${sayOption(part).en}` };
  const step = STEP_WORDS[name as TermsKey];
  if (part === 'owner') return { zh: `${step.zh}的责任人`, en: `who answers for "${step.en}"` };
  return { zh: `${step.zh}的时限${acuity ? `（${acuity}级）` : ''}`, en: `the deadline of "${step.en}"${acuity ? ` (${acuity})` : ''}` };
}

function sayEffects({ pathway, venue, service, choice, transport, wayBack, entry, otherwise = {}, links = {}, ...flags }: Effects): readonly Text[] {
  return [
    ...(pathway ? [PATHWAY_WORDS[pathway]] : []),
    ...(venue ? [service ? join([VENUE_WORDS[venue], SERVICE_WORDS[service]], '·', ' for ') : VENUE_WORDS[venue]] : []),
    ...(choice ? [CHOICE_WORDS[choice]] : []),
    ...(transport ? [TRANSPORT_WORDS[transport]] : []),
    ...Object.entries(otherwise).map(([first, standIn]) => ({ zh: `${sayOption(first).zh}不行则${sayOption(standIn).zh}`, en: `${sayOption(standIn).en} where there is no ${sayOption(first).en}` })),
    ...(wayBack ? [wayBack === 'own' ? say('自己回家', 'home on their own') : say('专车送回家', 'driven home')] : []),
    ...(entry ? [ENTRY_WORDS[entry]] : []),
    ...Object.entries(flags).map(([name, value]) => FLAG_WORDS[name]![value ? 0 : 1]),
    ...Object.entries(links).map(([kind, terms]) => sayTerms(STEP_WORDS[kind as TermsKey], terms)),
  ];
}

function sayTerms(step: Text, { owner, dueSeconds }: LinkTerms): Text {
  const deadlines = ACUITIES.flatMap((acuity) => (dueSeconds?.[acuity] === undefined ? [] : [{ acuity, seconds: dueSeconds[acuity] }]));
  const same = deadlines.every(({ seconds }) => seconds === deadlines[0]!.seconds);
  const within = deadlines.length === 0 ? undefined : same ? duration(deadlines[0]!.seconds)
    : join(deadlines.map(({ acuity, seconds }) => ({ zh: `${acuity}级${duration(seconds).zh}`, en: `${duration(seconds).en} (${acuity})` })), '、', ' or ');
  const who = owner && OWNER_WORDS[owner];
  return { zh: `${step.zh}${who ? `（${who.zh}）` : ''}${within ? `：${within.zh}内` : ''}`, en: `${step.en}${who ? ` (${who.en})` : ''}${within ? ` within ${within.en}` : ''}` };
}
