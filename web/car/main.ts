import './car.css';
import type { SharedRide } from '../../src/trips/index.ts';
import { post, Problem, setHelpNumber } from '../shared/api.ts';
import { loadCity, phonesOf, type CityView } from '../shared/city.ts';
import { cityNow } from '../shared/clock.ts';
import { show } from '../shared/look.ts';
import { ensureChinese } from '../shared/plain/chinese.ts';
import { append, h, type Child } from '../shared/plain/dom.ts';
import { frame } from '../shared/plain/frame.ts';
import { clockOrDay, clockTime } from '../shared/time.ts';
import { loadWords, t, type Code } from '../shared/words.ts';
import { kilometersBetween, SKETCH, spotsOf } from './sketch.ts';

/**
 * Where the car is, for whoever was sent the link. The token stands behind the `#`, which no browser sends: it is in no log of
 * any server on the way. It is taken out of the address at once, so that a picture of the screen does not pass it on; a reload
 * finds it in the state of this one history entry.
 */
const token = location.hash.slice(1) || (history.state as { token?: string } | null)?.token || '';
history.replaceState({ token }, '', location.pathname);

const EVERY_MS = 15_000;
/** From here on a place is no longer where the car is. */
const OLD_MS = 3 * 60_000;

let city: CityView | undefined;
let ride: SharedRide | undefined;
let ended = false;
let failedSince: number | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

async function refresh(): Promise<void> {
  if (!token || ended) return draw();
  try {
    ride = await post<SharedRide>('/api/shared-ride', { token });
    failedSince = undefined;
    setHelpNumber(ride.phone);
  } catch (problem) {
    // 410: over. 404: never was, or so long ago that it has been deleted; to a family both mean that there is no car to see.
    if (problem instanceof Problem && (problem.status === 410 || problem.status === 404)) {
      ended = true;
      ride = undefined;
      clearInterval(timer);
      history.replaceState(null, '', location.pathname);
    } else {
      failedSince ??= cityNow();
    }
  }
  draw();
}

function draw(): void {
  const phones = phonesOf(city);
  const { page, main } = frame(phones, city?.demo ?? false, draw);
  document.title = `${t('car.title')} – ${t('frame.name')}`;
  append(main, [
    failedSince !== undefined && h('div', { class: 'line-down', role: 'status' }, t('car.lineDown', { time: clockTime(failedSince) })),
    h('h1', {}, t('car.title')),
    !token ? h('p', {}, t('car.noToken'))
      : ended ? over()
        : ride ? shown(ride) : h('p', { role: 'status' }, t(failedSince === undefined ? 'car.loading' : 'car.notYet')),
  ]);
  const active = document.activeElement?.id;
  document.getElementById('page')!.replaceChildren(page);
  if (active) document.getElementById(active)?.focus();
}

function over(): Child {
  return h('section', { class: 'now', role: 'status' }, h('h2', {}, t('car.over')), h('p', {}, t('car.overSays')));
}

function shown(now: SharedRide): Child[] {
  const arriving = now.state === 'aboard';
  const at = arriving ? now.arriveAt : now.pickUpAt;
  const late = Math.floor((cityNow() - at) / 60_000);
  return [
    h('section', { class: 'now', role: 'status' },
      h('p', { class: 'label' }, t(`car.state.${now.state}` as Code)),
      now.state !== 'atDoor' && h('p', { class: 'when' }, t(arriving ? 'car.arrives' : 'car.comes', { time: clockOrDay(at, cityNow()) })),
      now.state !== 'atDoor' && late >= 1 && h('p', {}, t('car.late', { minutes: late })),
      h('p', {}, arriving ? t('car.hint.aboard') : t('car.then', { time: clockOrDay(now.arriveAt, cityNow()) })),
      now.car && h('p', { class: 'quiet' }, t('car.car', { car: now.car }))),
    whereIsIt(now),
    h('p', {}, h('a', { class: 'button', href: `tel:${now.phone}` }, t('car.call', { number: now.phone }))),
    h('p', { class: 'quiet' }, t('car.private')),
  ];
}

function whereIsIt({ carPlace, placeAt, from, to, state }: SharedRide): Child {
  if (!carPlace || placeAt === undefined) return h('section', {}, h('h2', {}, t('car.where')), h('p', {}, t('car.unknown')));
  const age = cityNow() - placeAt;
  const minutes = Math.max(0, Math.floor(age / 60_000));
  const goal = state === 'aboard' ? to : from;
  const km = goal && kilometersBetween(carPlace, goal).toFixed(1);
  return h('section', {},
    h('h2', {}, t('car.where')),
    km && h('p', {}, t(state === 'aboard' ? 'car.farFromGoal' : 'car.farFromDoor', { km })),
    h('p', {}, h('span', { class: age > OLD_MS ? 'old' : '' }, minutes < 1 ? t('car.heardNow') : t('car.heard', { minutes })),
      age > OLD_MS && ` ${t('car.old')}`),
    from && to && sketch(carPlace, from, to));
}

/** The car between door and goal, drawn and not loaded: a map of another server would learn who looks where. */
function sketch(...places: readonly [car: SharedRide['carPlace'] & {}, from: SharedRide['carPlace'] & {}, to: SharedRide['carPlace'] & {}]): Child {
  const [car, from, to] = spotsOf(places);
  const svg = make('svg', { viewBox: `0 0 ${SKETCH.width} ${SKETCH.height}`, class: 'sketch', role: 'img', 'aria-label': t('car.sketch') });
  svg.append(
    make('line', { x1: from!.x, y1: from!.y, x2: to!.x, y2: to!.y }),
    mark(from!, 'M-7 1 0-6l7 7v7h-14z', t('car.mark.from')), mark(to!, 'M-7-7h14v14h-14z', t('car.mark.to')), mark(car!, 'M-8-5h16v10h-16z', t('car.mark.car'), 'car'));
  return svg;
}

function mark({ x, y }: { readonly x: number; readonly y: number }, shape: string, name: string, kind = 'place'): SVGElement {
  const group = make('g', { transform: `translate(${x} ${y})` });
  const text = make('text', { y: kind === 'car' ? -11 : 22, 'text-anchor': 'middle' });
  text.textContent = name;
  group.append(make('path', { d: shape, class: kind }), text);
  return group;
}

function make(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

async function start(): Promise<void> {
  show();
  await loadWords('shared', 'resident');
  city = await loadCity().catch(() => undefined);
  await refresh();
  timer = setInterval(() => void refresh(), EVERY_MS);
  if (ended || !token) clearInterval(timer);
  void ensureChinese();
}

void start();
