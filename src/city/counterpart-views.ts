import type { Instant } from '../base/index.ts';
import type { Counterpart, Service, ServiceStatus } from './city.ts';
import type { CounterpartHole } from './holes.ts';

/** A set of towns that somebody keeps by name, across district lines. */
export interface CounterpartArea {
  readonly name: string;
  readonly towns: readonly string[];
}

/** One version of the whole set: who made it, when and why. Version 0 is the city's files. */
export interface CounterpartVersion {
  readonly version: number;
  readonly at: Instant;
  readonly by: { readonly name: string; readonly role: string };
  readonly why: string;
  /** Towns it says something different for than the version before. */
  readonly towns: readonly string[];
  /** It says again what this version said. */
  readonly undoneTo?: number;
}

export interface CounterpartProblemView {
  readonly code: string;
  /** `changes.0.institutions`, or `line 3` of a table. */
  readonly field: string;
  readonly detail: string;
  readonly line?: number;
  readonly column?: number;
}

/** `GET /api/counterparts`. */
export interface CounterpartsView {
  readonly at: Instant;
  readonly version: number;
  /** The last change; absent while the city's files hold. */
  readonly last?: CounterpartVersion;
  readonly rows: readonly Counterpart[];
  readonly areas: readonly CounterpartArea[];
  /** Towns this person may change. */
  readonly editable: readonly string[];
  /** What is wrong with the set as it stands: a city whose files have changed since. */
  readonly problems: readonly CounterpartProblemView[];
}

/** `GET /api/counterparts/history`, the latest first. */
export interface CounterpartHistoryView {
  readonly at: Instant;
  readonly versions: readonly CounterpartVersion[];
}

export interface AnsweringView {
  readonly institution: string;
  /** From the middle of the farthest of the towns asked about; null where every road is closed. */
  readonly secondsMax: number | null;
  readonly state: ServiceStatus['state'];
  readonly until?: Instant;
}

/** `GET /api/counterparts/of?towns=…`: who answers for these towns, service by service. */
export interface CounterpartsOfView {
  readonly at: Instant;
  readonly towns: readonly string[];
  readonly estimated: boolean;
  readonly services: readonly {
    readonly service: Service;
    readonly key: boolean;
    /** In their order; `towns` of those asked about have it. */
    readonly answering: readonly (AnsweringView & { readonly towns: number })[];
    /** Who could be named, nearest first. */
    readonly choices: readonly AnsweringView[];
  }[];
}

/** `POST /api/counterparts/preview`, and what a change answers. */
export interface CounterpartChangeView {
  readonly at: Instant;
  readonly version: number;
  readonly stored: boolean;
  readonly towns: readonly string[];
  /** Open requests of people still at home in these towns: they are asked again. */
  readonly openRequests: number;
  readonly problems: readonly CounterpartProblemView[];
}

/** `GET /api/counterparts/holes`. */
export interface CounterpartHolesView {
  readonly at: Instant;
  readonly holes: readonly CounterpartHole[];
}
