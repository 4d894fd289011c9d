import type { Text } from '../base/index.ts';
import { ACUITIES } from '../triage/index.ts';
import type { Effects, LinkTerms, Measure } from './document.ts';
import { boxOf } from './regions.ts';
import { sayBox } from './say-case.ts';
import {
  CHOICE_WORDS, duration, ENTRY_WORDS, join, LINK_WORDS, listed, OWNER_WORDS, PATHWAY_WORDS, SAFEGUARD_WORDS, SERVICE_WORDS, TRANSPORT_WORDS, VENUE_WORDS,
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

const OWN_NAMES: Readonly<Record<string, Text>> = {
  carPickUp: say('专车上门接人', 'picked up by the car'), ownTravel: say('自行前往', 'on their own way'), ownConfirmHome: say('自己回家后确认', 'confirmed home on their own'),
};

function sayEffects({ pathway, venue, service, choice, transport, wayBack, entry, otherwise = {}, links = {}, ...flags }: Effects): readonly Text[] {
  const option = (name: string): Text => ({ ...VENUE_WORDS, ...TRANSPORT_WORDS } as Readonly<Record<string, Text>>)[name]!;
  return [
    ...(pathway ? [PATHWAY_WORDS[pathway]] : []),
    ...(venue ? [service ? join([VENUE_WORDS[venue], SERVICE_WORDS[service]], '·', ' for ') : VENUE_WORDS[venue]] : []),
    ...(choice ? [CHOICE_WORDS[choice]] : []),
    ...(transport ? [TRANSPORT_WORDS[transport]] : []),
    ...Object.entries(otherwise).map(([first, standIn]) => ({ zh: `${option(first).zh}不行则${option(standIn).zh}`, en: `${option(standIn).en} where there is no ${option(first).en}` })),
    ...(wayBack ? [wayBack === 'own' ? say('自己回家', 'home on their own') : say('专车送回家', 'driven home')] : []),
    ...(entry ? [ENTRY_WORDS[entry]] : []),
    ...Object.entries(flags).map(([name, value]) => FLAG_WORDS[name]![value ? 0 : 1]),
    ...Object.entries(links).map(([kind, terms]) => sayTerms(OWN_NAMES[kind] ?? LINK_WORDS[kind as keyof typeof LINK_WORDS], terms)),
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
