/** A comparison of two policies as a planner reads it on a terminal: what is covered, then who, was, now, most people first. */
import type { Text } from './base/index.ts';
import type { DiffClass, PolicyDiff } from './policy/index.ts';
import { wrapped } from './wrap.ts';

export interface DrilledDay {
  readonly city: string;
  readonly seed: number;
  readonly requests: number;
  readonly different: number;
  /** By the key of the class. */
  readonly byClass: Readonly<Record<string, number>>;
}

export interface DiffReading {
  readonly say: (text: Text) => string;
  /** Everything, however long it is. */
  readonly all: boolean;
  /** Both are announcements: where only one of them holds, its own sentence says what a planner asks. */
  readonly folded: boolean;
  /** Of the terminal. */
  readonly columns: number;
  readonly day?: DrilledDay | undefined;
}

/** As many as are read to the end. */
const CLASSES_AT_ONCE = 15;
const ALTERNATIVES_AT_ONCE = 4;

export function diffLines(diff: PolicyDiff, reading: DiffReading): readonly string[] {
  const { say, all, folded, columns, day } = reading;
  const hides = folded && !all;
  const shown = (classes: readonly DiffClass[]): readonly DiffClass[] => classes.filter(({ where }) => !hides || where === 'both' || where === 'neither');
  const lines = diff.coverage.flatMap(({ text, classes }) =>
    wrapped(`${say(text)}${hides && classes > 0 ? say({ zh: '用--all列出。', en: ' --all lists them.' }) : ''}`, columns));
  if (diff.demands.length > 0) {
    lines.push('', say({ zh: '对机构的要求不同：', en: 'Demanded of institutions:' }), ...diff.demands.flatMap(({ what, was, now }) => wrapped(`- ${say(what)}: ${say(was)} → ${say(now)}`, columns)));
  }
  lines.push(...listOf(shown(diff.classes), reading));
  const told = shown(diff.toldOtherwise);
  if (told.length > 0) lines.push('', say({ zh: '安排相同，说明不同：', en: 'Treated the same, told another reason:' }), ...listOf(told, reading));
  const [compared, different, classes] = [grouped(diff.combinations), grouped(diff.different), diff.classes.length];
  lines.push('', ...wrapped(say({
    zh: `比较了${compared}种情形；${different}种安排不同，共${classes}类。括号内为情形数。`,
    en: `${compared} combinations of facts compared; ${different} treated differently, in ${classes} ${classes === 1 ? 'class' : 'classes'}. In brackets: how many combinations a class has.`,
  }), columns));
  if (day) {
    lines.push(...wrapped(say({
      zh: `演练日（${day.city}，种子${day.seed}）：${day.requests}人中${day.different}人安排不同。`,
      en: `A drilled day (${day.city}, seed ${day.seed}): ${day.different} of ${day.requests} people treated differently.`,
    }), columns));
  }
  return lines;
}

export const grouped = (count: number): string => count.toLocaleString('en');

function listOf(classes: readonly DiffClass[], reading: DiffReading): readonly string[] {
  const { say, all } = reading;
  const listed = all ? classes : classes.slice(0, CLASSES_AT_ONCE);
  const rest = classes.length - listed.length;
  const lines = listed.flatMap((one, place) => ['', ...linesOf(one, place + 1, reading)]);
  if (rest > 0) lines.push('', say({ zh: `另有${rest}类：--all`, en: `and ${rest} more: --all` }));
  return lines;
}

/** Two or three short lines. */
function linesOf({ alternatives, was, now, combinations, key }: DiffClass, number: number, { say, all, columns, day }: DiffReading): readonly string[] {
  const onTheDay = day?.byClass[key];
  const size = ` (${grouped(combinations)}${onTheDay ? say({ zh: `；演练日${onTheDay}人`, en: `; ${onTheDay} on the drilled day` }) : ''})`;
  const head = `${number}. `;
  const margin = ' '.repeat(head.length);
  const hung = (first: string, text: string): readonly string[] => wrapped(text, columns, first, ' '.repeat(first.length));
  const texts = alternatives.map(say);
  const named = all ? texts : texts.slice(0, ALTERNATIVES_AT_ONCE);
  const more = texts.length - named.length;
  const who = texts.length === 1 ? hung(head, `${texts[0]}${size}`) : [
    ...hung(head, `${say({ zh: '以下任一', en: 'any of these' })}${size}`),
    ...named.flatMap((text) => hung(`${margin}- `, text)),
    ...(more > 0 ? [`${margin}- ${say({ zh: `另有${more}种：--all`, en: `and ${more} more: --all` })}`] : []),
  ];
  return [...who, ...hung(`${margin}${say({ zh: '原为 ', en: 'was ' })}`, say(was)), ...hung(`${margin}${say({ zh: '现为 ', en: 'now ' })}`, say(now))];
}
