import type { FreeSeatView } from '../../src/appointments/index.ts';
import type { Text } from '../../src/base/index.ts';
import { NO_ANSWERS } from '../ask/answers.ts';
import { emptyChoice, type Choice } from '../book/choice.ts';
import { openFinder } from '../book/finder.ts';
import { markDays, whenPage } from '../book/when.ts';
import { seatLine } from '../book/words.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import { cityDay } from '../shared/time.ts';
import { t } from '../shared/words.ts';

/** The hour that stands, and how another is asked for. */
export interface Standing {
  readonly service: string;
  readonly institution: string;
  readonly institutionName: Text;
  readonly clinicName?: string | undefined;
  readonly startsAt: number;
  readonly town: string;
  readonly groups: readonly string[];
  /** @returns the code of the refusal, or nothing when it is theirs */
  readonly send: (slot: string) => Promise<string | undefined>;
}
export interface Move {
  begin(of: Standing): void;
  /** @returns nothing while nobody chooses */
  page(): { readonly title: string; readonly body: Child[] } | undefined;
}

const GONE = new Set(['slotTaken', 'seatsKept', 'slotClosed', 'slotPast', 'slotUnknown']);

/** Choosing another hour: the old one stays until the new one is theirs, and an hour that goes meanwhile leads to the next best. */
export function openMove(draw: (focus?: 'heading') => void, emergency: () => string): Move {
  let of: Standing | undefined;
  let seat: FreeSeatView | undefined;
  let choice: Choice = emptyChoice(cityDay(cityNow()));
  const finder = openFinder(() => of && !seat && draw(), markDays, emergency);
  const show = (next: FreeSeatView | undefined): void => {
    seat = next;
    draw('heading');
  };
  const close = (): void => {
    of = undefined;
    show(undefined);
  };

  async function send(to: FreeSeatView): Promise<void> {
    const refused = await of!.send(to.slot);
    if (refused === undefined) return close();
    if (!GONE.has(refused)) return;
    finder.lose(to);
    seat = undefined;
    draw();
  }

  return {
    begin(standing) {
      of = standing;
      choice = emptyChoice(Math.max(cityDay(cityNow()), cityDay(standing.startsAt)));
      finder.lose(undefined);
      show(undefined);
    },
    page() {
      if (!of) return undefined;
      const { service, institution, town, groups } = of;
      const says = h('p', {}, t('visit.move.says', { seat: seatLine(of) }));
      const keep = button(t('visit.keep'), close);
      const to = seat;
      if (to) {
        return {
          title: t('visit.move.title'),
          body: [h('section', { class: 'now' }, h('h2', {}, seatLine(to))), says, h('div', { class: 'actions' }, button(t('visit.move.send'), () => void send(to), 'primary'), keep)],
        };
      }
      return {
        title: t('visit.move.title'),
        body: [says, h('div', { class: 'buttons' }, keep), whenPage({
          choice, answers: { ...NO_ANSWERS, groups }, choose: (change) => { choice = { ...choice, ...change }; }, set: () => undefined, errors: {}, city: undefined, redraw: () => draw(),
        }, finder.found(choice, { service, town, groups }), { own: institution, take: show, look: finder.again })],
      };
    },
  };
}
