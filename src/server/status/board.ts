import type { Kysely } from 'kysely';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import {
  initialStatus, knownUntil, standsInNow, STATUS_RULES, statusOf, withStatus, type Behind, type City, type LiveStatus, type Places, type Service, type ServiceStatus, type StatusNow, type StatusRules,
} from '../../city/index.ts';
import { listStatus } from '../../city/store.ts';
import { listMatters, listPlaces, listPublished, listTurnedAway, listWords, type Matter, type Published, type Word } from './store.ts';

const PUBLISHED_KEPT = 40;
/** Several reported refusals within so long: chosen by us. One may be a misunderstanding, and yesterday's say nothing of now. */
const OFTEN = 2;
const LATELY_MS = 2 * HOUR_MS;

/** How a service stands to everybody's knowledge. `unknown`: what was said is too old to rely on; nobody is sent away because of it. */
export interface Standing extends Omit<StatusNow, 'reportedBy' | 'reportedAt' | 'state'> {
  readonly institution: string;
  readonly service: Service;
  readonly state: 'open' | 'limited' | 'closed' | 'unknown';
  /** What was last said, where that is no longer known. */
  readonly lastSaid?: ServiceStatus['state'];
  readonly saidAt: Instant;
  /** The house itself, or the files the city was opened with. */
  readonly saidBy: 'institution' | 'files';
  /** A closure somebody asked for, and a second person has not confirmed yet. */
  readonly closingAsked?: { readonly id: string; readonly since: Instant; readonly until: Instant };
  readonly places?: Omit<Places, 'institution' | 'service' | 'saidBy'>;
}

/** How every service stands, in memory of every server: decisions read it, and no request waits for a query. */
export interface StatusBoard {
  now(): LiveStatus;
  /** As the policy in force demands of that institution. */
  rules(institution: string): StatusRules;
  standing(institution: string, service: Service, at: Instant): Standing;
  standings(at: Instant): readonly Standing[];
  /** Why somebody would rather not be sent there now, open as it is. */
  behind(institution: string, service: Service, at: Instant): Behind | undefined;
  published(): readonly Published[];
  /** When memory was last read from the database: older than that nobody knows what it says now. */
  readAt(): Instant;
  reload(): Promise<void>;
}

const key = (institution: string, service: string): string => `${institution} ${service}`;

export interface BoardNeeds {
  readonly city: City;
  readonly db: Kysely<any>;
  readonly incident: { readonly id: string; readonly startedAt: Instant };
  readonly now: () => Instant;
  readonly rules?: StatusBoard['rules'];
}

export function statusBoard({ city, db, incident, now, rules = () => STATUS_RULES }: BoardNeeds): StatusBoard {
  let status = initialStatus(city);
  let words = new Map<string, Word>();
  let places = new Map<string, Places>();
  let closings = new Map<string, Matter>();
  let turnedAway = new Map<string, readonly Instant[]>();
  let published: readonly Published[] = [];
  let readAt = incident.startedAt;

  const standing = (institution: string, service: Service, at: Instant): Standing => {
    const { state, reportedAt: _, reportedBy: __, standIn: named, ...said } = statusOf(status, institution, service, at);
    // Closed itself meanwhile: whoever reads this is told who takes them now, and not to go from one shut door to the next.
    const standIn = named === undefined ? undefined : standsInNow(status, named, service, at);
    const last = status.get(service)?.get(institution)?.reported;
    const since = said.since ?? (last?.state !== 'open' && last?.until !== undefined && last.until <= at ? last.until : undefined);
    const word = words.get(key(institution, service))?.saidAt;
    const reported = status.get(service)?.get(institution)?.reported?.reportedAt;
    const saidAt = Math.max(incident.startedAt, word ?? -Infinity, reported ?? -Infinity);
    const known = knownUntil(status, institution, service, saidAt, rules(institution)) >= at;
    const closing = closings.get(key(institution, service));
    const counted = places.get(key(institution, service));
    const { institution: _i, service: _s, saidBy: _b, ...count } = counted ?? ({} as Places);
    return {
      ...said, ...(since !== undefined && { since }), ...(standIn !== undefined && { standIn }), institution, service, state: known ? state : 'unknown', ...(!known && { lastSaid: state }), saidAt,
      saidBy: word === undefined && reported === undefined ? 'files' : 'institution',
      ...(closing?.asked?.until !== undefined && { closingAsked: { id: closing.id, since: closing.asked.since, until: closing.asked.until } }),
      ...(counted && { places: count }),
    };
  };

  return {
    now: () => status,
    rules,
    standing,
    standings: (at) => [...city.institutions.values()].flatMap(({ code, services }) => [...services.keys()].map((service) => standing(code, service, at))),
    behind(institution, service, at) {
      const counted = places.get(key(institution, service));
      // A number that nobody has looked at for as long as a word is known, or that the house disputes, keeps nobody away.
      const full = counted?.free === 0 && counted.said === undefined && at - counted.saidAt <= rules(institution).knownHours[service] * HOUR_MS;
      if (full) return 'full';
      const lately = turnedAway.get(institution)?.filter((openedAt) => openedAt <= at && at - openedAt <= LATELY_MS).length ?? 0;
      return lately >= OFTEN ? 'refusesOften' : undefined;
    },
    published: () => published,
    readAt: () => readAt,
    async reload() {
      const at = now();
      const [reports, said, counted, matters, log, refused] = await Promise.all([
        listStatus(db, city.id), listWords(db, city.id), listPlaces(db, city.id), listMatters(db, city.id, incident.id), listPublished(db, city.id, PUBLISHED_KEPT),
        listTurnedAway(db, city.id, incident.id, at - LATELY_MS),
      ]);
      status = reports.reduce(withStatus, initialStatus(city));
      words = new Map(said.map((word) => [key(word.institution, word.service), word]));
      places = new Map(counted.map((each) => [key(each.institution, each.service), each]));
      closings = new Map(matters.filter(({ kind }) => kind === 'closing').map((matter) => [key(matter.institution, matter.service), matter]));
      published = log;
      turnedAway = new Map([...Map.groupBy(refused, ({ institution }) => institution)].map(([institution, each]) => [institution, each.map(({ openedAt }) => openedAt)]));
      readAt = Math.max(readAt, at);
    },
  };
}
