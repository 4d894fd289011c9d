import './series.css';
import { useState, type ReactNode } from 'react';
import type { SeriesView } from '../../../src/appointments/index.ts';
import { useCity } from '../data/queries.ts';
import { spoken } from '../journey/countdown.tsx';
import { Phone } from '../journey/panel.tsx';
import { useWords, type Words } from '../shell/language.tsx';
import { dayAndTime, useNow } from '../shell/now.ts';
import { Empty } from '../shell/states.tsx';
import { gapGroups, isNear, percentOf, type GapGroup, type GapRow } from './chart.ts';
import { Owed } from './owed.tsx';

interface NearGapProps {
  readonly series: readonly SeriesView[];
  /** What may be done with the open one. */
  readonly acts?: (series: SeriesView) => ReactNode;
  /** Everybody, not only who is near: the ward's own list. */
  readonly everybody?: true;
}

/** More rows than this are counted, not drawn: a wall of bars hides who is near. */
const DRAWN_MAX = 200;

/** Who is near the safe gap: a picture of hours since the last session, and the same as a list. */
export function NearGap({ series, acts, everybody }: NearGapProps) {
  const { t } = useWords();
  const now = useNow();
  const [shape, setShape] = useState<'chart' | 'list'>(() => (matchMedia('(max-width: 60rem)').matches ? 'list' : 'chart'));
  const [all, setAll] = useState(everybody === true);
  // Whoever is thinned stands under another scale and stays open.
  const [open, setOpen] = useState<string>();
  const near = series.filter((one) => isNear(one, now));
  const shown = (all ? series : near).slice(0, DRAWN_MAX);
  return (
    <section className="near-gap" aria-label={t('series.near')}>
      <header className="day-head">
        <h2>{t('series.near')} <span className="count">{t('series.near-of', { near: near.length, all: series.length })}</span></h2>
        <span>
          <label className="check"><input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />{t('series.everybody')}</label>{' '}
          <span className="day-shape">
            <button type="button" aria-pressed={shape === 'chart'} onClick={() => setShape('chart')}>{t('series.as-chart')}</button>
            <button type="button" aria-pressed={shape === 'list'} onClick={() => setShape('list')}>{t('series.as-list')}</button>
          </span>
        </span>
      </header>
      {shown.length === 0 && <Empty>{t(series.length === 0 ? 'series.none' : 'series.near-empty')}</Empty>}
      {gapGroups(shown, now).map((group) => <Group key={`${group.service}${group.safeGapHours}`} group={group} shape={shape} acts={acts} open={open} onOpen={setOpen} />)}
      {(all ? series : near).length > DRAWN_MAX && <p className="quiet">{t('series.more', { count: (all ? series : near).length - DRAWN_MAX })}</p>}
    </section>
  );
}

interface GroupProps {
  readonly group: GapGroup;
  readonly shape: 'chart' | 'list';
  readonly acts: NearGapProps['acts'];
  readonly open: string | undefined;
  readonly onOpen: (series: string | undefined) => void;
}

function Group({ group, shape, acts, open, onOpen }: GroupProps) {
  const words = useWords();
  const { t, word } = words;
  const { safeGapHours, redHours, spanHours } = group;
  return (
    <div className="gap-group">
      <h3>{word('service', group.service)} <span className="quiet">{t('series.scale', { alarm: safeGapHours, red: redHours })}</span></h3>
      {shape === 'chart' && (
        <div className="gap-row gap-scale" aria-hidden="true">
          <span />
          <span className="gap-track">
            {[0, safeGapHours, redHours].map((hours) => <span key={hours} style={{ left: `${percentOf(hours, spanHours)}%` }}>{t('series.hours', { hours })}</span>)}
          </span>
        </div>
      )}
      <ul className="rows">
        {group.rows.map((row) => {
          const { series } = row;
          const isOpen = open === series.id;
          return (
            <li key={series.id} className={`gap-one gap-${series.state}${isOpen ? ' selected' : ''}`}>
              {shape === 'chart' ? (
                <button type="button" className="gap-row" aria-expanded={isOpen} aria-label={`${series.person.name}: ${inWords(words, row)}`} title={inWords(words, row)} onClick={() => onOpen(isOpen ? undefined : series.id)}>
                  <span className="gap-who"><b>{series.person.name}</b> <StateMark row={row} /></span>
                  <Track row={row} group={group} />
                </button>
              ) : (
                <button type="button" className="gap-line" aria-expanded={isOpen} onClick={() => onOpen(isOpen ? undefined : series.id)}>
                  <span className="gap-who"><b>{series.person.name}</b> <StateMark row={row} /></span>
                  <span>{inWords(words, row)}</span>
                </button>
              )}
              {isOpen && <Open series={series}>{acts?.(series)}</Open>}
            </li>
          );
        })}
      </ul>
      {shape === 'chart' && (
        <p className="gantt-legend" aria-hidden="true">
          <i className="gap-key gap-since" /> {t('series.key-since')} <i className="gap-key gap-next" /> {t('series.key-next')} <i className="gap-key gap-key-line" /> {t('series.key-gap')}
        </p>
      )}
    </div>
  );
}

function Track({ row: { sinceHours, nextHours, tooLate }, group: { safeGapHours, redHours, spanHours } }: { readonly row: GapRow; readonly group: GapGroup }) {
  return (
    <span className="gap-track" aria-hidden="true">
      <span className="gap-zone" style={{ left: `${percentOf(safeGapHours, spanHours)}%`, right: `${100 - percentOf(redHours, spanHours)}%` }} />
      <span className="gap-zone gap-zone-red" style={{ left: `${percentOf(redHours, spanHours)}%`, right: 0 }} />
      {sinceHours !== undefined && <span className="gap-since" style={{ left: 0, width: `${percentOf(sinceHours, spanHours)}%` }} />}
      {nextHours !== undefined && <span className={`gap-next${tooLate ? ' gap-next-late' : ''}`} style={{ left: `${Math.min(98.5, percentOf(nextHours, spanHours))}%` }} />}
    </span>
  );
}

/** By shape and word: a triangle for what is too late, a diamond for what will be, a cross for no place. */
function StateMark({ row: { series: { state, paused }, tooLate } }: { readonly row: GapRow }) {
  const { t, word } = useWords();
  if (paused) return <span className="gap-state">‖ {t('series.paused')}</span>;
  if (state === 'safe') return tooLate ? <span className="gap-state gap-state-alarm">◇ {t('series.next-beyond')}</span> : null;
  return <span className={`gap-state gap-state-${state}`}>{state === 'notPlaced' ? '✕' : state === 'red' ? '▲▲' : '▲'} {word('series-state', state)}</span>;
}

/** The same as the picture: since when, the next place, when the gap ends. */
function inWords(words: Words, { series, sinceHours, tooLate }: GapRow): string {
  const { t } = words;
  const { next, gapEndsAt, missing } = series;
  return [
    sinceHours === undefined ? t('series.last-unknown') : t('series.since', { hours: Math.floor(sinceHours) }),
    next ? t(tooLate ? 'series.next-late' : 'series.next', { time: dayAndTime(next.startsAt), place: next.institutionName }) : missing !== undefined ? t('series.no-next', { missing: missingOf(words, missing) }) : t('series.no-next-known'),
    gapEndsAt !== undefined && t('series.gap-ends', { time: dayAndTime(gapEndsAt) }),
  ].filter(Boolean).join(' · ');
}

/** What is missing for a seat; a code that this page does not know yet is shown rather than hidden. */
export function missingOf({ word }: Words, code: string): string {
  const text = word('series-missing', code);
  return text === `series-missing.${code}` ? code : text;
}

function Open({ series, children }: { readonly series: SeriesView; readonly children: ReactNode }) {
  const words = useWords();
  const { t, say } = words;
  const city = useCity();
  const now = useNow();
  const town = city.data?.towns.find(({ code }) => code === series.town);
  return (
    <div className="gap-open">
      <p>
        <Phone number={series.person.phone} /> · {say(town?.name) || series.town} · {say(series.unitName) || series.institution} · {words.word('cohort', series.cohort)}
        {series.gapEndsAt !== undefined && series.gapEndsAt > now && <> · {t('series.left', { time: spoken(words, series.gapEndsAt - now) })}</>}
      </p>
      {series.owed && <p><Owed owed={series.owed} /></p>}
      {children}
    </div>
  );
}
