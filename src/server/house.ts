import type { Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { NOTHING_FREE, type Free, type World } from '../journey/index.ts';
import type { Actor } from '../people/index.ts';
import { decide, policyFor } from '../policy/index.ts';
import { trueChance } from './chance.ts';
import { clinicBook } from '../clinic/load.ts';
import type { ClinicBoard } from './clinic/board.ts';
import type { CityClock } from './clock.ts';
import type { CounterpartBoard } from './counterparts/board.ts';
import type { HandOverBoard } from './dispatching/hand-over-board.ts';
import type { Incident } from './incident.ts';
import type { PolicyBoard } from './policies/board.ts';
import type { StatusBoard } from './status/board.ts';
import type { TravelBoard } from './travel/board.ts';

/** What every part of a running server shares, loaded once at start. */
export interface House {
  /** As its files say it, with the counterparts of now: whoever reads those takes it anew from the house and keeps no copy. */
  readonly city: City;
  readonly counterparts: CounterpartBoard;
  readonly policies: PolicyBoard;
  readonly db: Kysely<any>;
  /** Connections kept for requests that come in: whatever else the server does, an emergency does not queue behind it. */
  readonly intakeDb: Kysely<any>;
  readonly clock: CityClock;
  readonly incident: Incident;
  readonly board: StatusBoard;
  readonly travel: TravelBoard;
  readonly handOver: HandOverBoard;
  readonly clinic: ClinicBoard;
  readonly demo: boolean;
  readonly log: (line: string) => void;
}

/** Everything one command may know, frozen at this moment. */
export function worldOf(house: House, actor: Actor, at: Instant, free: Free = NOTHING_FREE): World {
  const { city, policies, board, travel, handOver, clinic } = house;
  const status = board.now();
  const tables = handOver.over(travel.tables());
  return {
    at, actor, city, free, chance: trueChance, travel: travel.seconds, book: clinicBook(),
    answerBy: (institution, service) => clinic.promise(service, institution).promisedAt,
    decide: (care, excluded) => {
      const district = care.town === undefined ? undefined : city.towns.get(care.town)?.district;
      return decide(policyFor(policies.now(), city.id, at, district), care, { city, status, unknown: (code, service) => board.standing(code, service, at).state === 'unknown', behind: (code, service) => board.behind(code, service, at), excluded, ...(tables && { travel: tables }) });
    },
  };
}
