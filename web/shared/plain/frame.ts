import { look, setLook } from '../look.ts';
import { language, setLanguage, t } from '../words.ts';
import { h, icon, type Child } from './dom.ts';

export interface Phones {
  readonly emergency: string;
  /** Absent until the city is known; 120 never is. */
  readonly medicalLine?: string | undefined;
}

const PHONE = 'M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z';

/**
 * What stands around every resident's page: preferences above, and the two numbers always in the same place, at the bottom
 * where the thumb is. `main` is filled by the page.
 */
export function frame(phones: Phones, demo: boolean, redraw: () => void): { page: HTMLElement; main: HTMLElement } {
  const main = h('main', { id: 'main' });
  const page = h('div', { class: 'frame' },
    h('a', { class: 'skip', href: '#main' }, t('frame.skip')),
    h('header', { class: 'top' },
      demo && h('p', { class: 'demo' }, t('frame.demo')),
      h('a', { class: 'brand', href: '/' }, t('frame.name')),
      h('nav', { class: 'preferences', 'aria-label': t('frame.preferences') }, preferences(redraw))),
    main,
    // In a landmark, so that whoever goes from one to the next by ear comes past it.
    h('nav', { class: 'no-print beside-page', 'aria-label': t('frame.status') }, h('p', {}, h('a', { href: `/status?lang=${language()}` }, t('frame.status')))),
    h('footer', { class: 'phones', 'aria-label': t('frame.phones') }, phoneLinks(phones)));
  return { page, main };
}

function preferences(redraw: () => void): Child[] {
  const { bigText, theme } = look();
  const other = language() === 'en' ? 'zh-CN' : 'en';
  return [
    h('button', { type: 'button', class: 'preference', lang: other, id: 'language', click: () => void setLanguage(other).then(() => { redraw(); document.getElementById('language')?.focus(); }) },
      other === 'en' ? 'English' : '中文'),
    h('button', { type: 'button', class: 'preference', id: 'big', 'aria-pressed': bigText ? 'true' : 'false', click: () => { setLook({ bigText: !bigText }); redraw(); document.getElementById('big')?.focus(); } },
      t('preference.bigText')),
    h('button', { type: 'button', class: 'preference', id: 'theme', click: () => { setLook({ theme: theme === 'dark' ? 'light' : 'dark' }); redraw(); document.getElementById('theme')?.focus(); } },
      t(theme === 'dark' ? 'preference.light' : 'preference.dark')),
  ];
}

function phoneLinks({ emergency, medicalLine }: Phones): Child[] {
  return [
    h('a', { class: 'phone phone-emergency', href: `tel:${emergency}` }, icon(PHONE), h('span', {}, t('frame.emergency'), ' ', h('b', {}, emergency))),
    medicalLine && h('a', { class: 'phone', href: `tel:${medicalLine}` }, icon(PHONE), h('span', {}, t('frame.medicalLine'), ' ', h('b', {}, medicalLine))),
  ];
}

/** One big link that rings. */
export function callLink(number: string, label: string): HTMLAnchorElement {
  return h('a', { class: 'button button-call', href: `tel:${number}` }, icon(PHONE), h('span', {}, label));
}
