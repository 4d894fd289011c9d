import { findRow, NEEDS, type FiredRow, type Row } from '../../../src/triage/index.ts';
import type { JourneyView } from '../../../src/journey/index.ts';
import { hasWords, joined, listed } from '../../shared/words.ts';
import { findingName } from '../requests/finding-picker.tsx';
import { useWords, type Words } from '../shell/language.tsx';
import { AcuityMark } from './acuity.tsx';
import { ageOf } from './line.tsx';

/** Why this urgent: the rows of the tables that fired, with their source, and whether a clinician has still to confirm them. */
export function FiredRows({ fired }: Pick<JourneyView, 'fired'>) {
  const { t } = useWords();
  if (fired.length === 0) return null;
  return (
    <table className="fired">
      <tbody>{fired.map((row) => <FiredRowItem key={row.row} fired={row} unconfirmed={t('journey.unconfirmed')} />)}</tbody>
    </table>
  );
}

function FiredRowItem({ fired, unconfirmed }: { readonly fired: FiredRow; readonly unconfirmed: string }) {
  const words = useWords();
  const row = findRow(fired.row);
  return (
    <tr>
      <td><AcuityMark acuity={fired.acuity} compact /></td>
      <td>
        {row ? sayRow(words, row, fired) : <span className="code">{fired.row}</span>}
        {row && <><br /><span className="quiet">{words.say(row.source)}{row.confirm && <> · <b>{unconfirmed}</b></>}</span></>}
      </td>
    </tr>
  );
}

/** What a row of the tables asks, in words: what was found, measured or could not be told, and of whom. */
function sayRow(words: Words, row: Row, { ageUnknown }: FiredRow): string {
  const own = `triage-row.${row.id}`;
  if (hasWords(own)) return words.t(own);
  const { t, word } = words;
  const { finding, together = [], notKnown, vital, consciousness, needs = [], groups = [], age, unmeasured } = row;
  const limit = vital && (vital.atLeast !== undefined ? t('row.at-least', { limit: vital.atLeast }) : t('row.at-most', { limit: vital.atMost ?? '' }));
  return listed(
    // A row of every need is about none of them.
    needs.length < NEEDS.length ? joined('row.either', needs.map((need) => word('need', need))) : undefined,
    joined('row.either', groups.map((group) => word('group', group))),
    age && sayAge(words, age, ageUnknown),
    finding && findingName(words, finding),
    joined('row.either', together.map((code) => findingName(words, code))),
    notKnown && t('row.not-known', { finding: findingName(words, notKnown) }),
    vital && t('row.reading', { name: word('vital-name', vital.name), limit: limit ?? '' }),
    consciousness && word('consciousness', consciousness),
    unmeasured && t('row.unmeasured', { vital: word('vital-name', unmeasured) }),
  );
}

/** Where nobody gave an age, the row stands for one that it may be. */
function sayAge(words: Words, range: NonNullable<Row['age']>, unknown = false): string {
  const { t } = words;
  if (range.fromMonths === Infinity) return t('row.age-unknown');
  const age = sayRange(words, range);
  return unknown ? t('row.age-may-be', { age }) : age;
}

function sayRange(words: Words, { fromMonths = 0, belowMonths = Infinity }: NonNullable<Row['age']>): string {
  const { t } = words;
  if (belowMonths === Infinity) return t('row.age-from', { age: ageOf(words, fromMonths) });
  return fromMonths === 0 ? t('row.age-below', { age: ageOf(words, belowMonths) }) : t('row.age-between', { from: ageOf(words, fromMonths), below: ageOf(words, belowMonths) });
}
