import type { JourneyView } from '../../src/journey/index.ts';
import { post, Problem } from '../shared/api.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import { t } from '../shared/words.ts';

/** What a resident has been given to pass on, for the ride that runs now; in memory alone. */
let shared: { readonly journey: string; readonly leg: 'out' | 'back'; readonly url: string } | undefined;
let copied = false;
let failed: string | undefined;

/** A link for the family, while a car is planned or on its way. Whoever has it sees this ride and nothing else. */
export function shareRide(journey: JourneyView, redraw: () => void): Child {
  const leg = legNow(journey);
  if (!leg) return undefined;
  const link = shared?.journey === journey.id && shared.leg === leg ? shared.url : undefined;
  const share = async (): Promise<void> => {
    failed = undefined;
    try {
      const { url } = await post<{ url: string }>(`/api/journeys/${journey.id}/share-ride`, { leg });
      shared = { journey: journey.id, leg, url: new URL(url, location.origin).href };
      copied = false;
    } catch (problem) {
      failed = problem instanceof Problem ? problem.message : t('problem.server', { number: '120' });
    }
    redraw();
    if (shared && 'share' in navigator) await navigator.share({ text: t('my.shareText'), url: shared.url }).catch(() => undefined);
  };
  const copy = async (): Promise<void> => {
    copied = await navigator.clipboard?.writeText(link ?? '').then(() => true, () => false) ?? false;
    redraw();
  };
  return h('section', { class: 'no-print' },
    h('h2', {}, t('my.share')), h('p', { class: 'quiet' }, t('my.shareHint')),
    failed && h('p', { class: 'failed', role: 'status' }, failed),
    link
      ? [
        h('label', { class: 'legend', for: 'share-link' }, t('my.shareLink')),
        h('input', { id: 'share-link', class: 'text', readonly: true, value: link }),
        h('p', {}), button(t(copied ? 'my.shareCopied' : 'my.shareCopy'), () => void copy()),
      ]
      : button(t('my.share'), () => void share()));
}

function legNow({ out, back, arrival }: JourneyView): 'out' | 'back' | undefined {
  if (arrival?.treatedAt !== undefined) return runs(back) ? 'back' : undefined;
  return runs(out) ? 'out' : undefined;
}

function runs(ride: JourneyView['out']): boolean {
  return ride?.car !== undefined && !ride.cancelled && ride.times.arrived === undefined;
}
