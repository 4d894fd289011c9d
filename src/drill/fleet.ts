import { HOUR_MS, MINUTE_MS, SECOND_MS, startOfDay, type Instant, type Place } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { BoardUnit, FreeUnit, UnitState } from '../dispatch/index.ts';
import { cohortOf, type JourneyEvent, type Story } from '../journey/index.ts';
import { INFECTIOUS } from '../trips/index.ts';
import { ESTIMATED, type RehearsedTravel } from './roads.ts';

/** Synthetic: two shifts of twelve hours; stations change over in four groups, half an hour apart, so that the city never changes over at once. */
const SHIFT_MS = 12 * HOUR_MS;
const FIRST_SHIFT_MS = 7 * HOUR_MS;
const GROUPS = 4;
const GROUP_MS = 30 * MINUTE_MS;

/** One unit as a rehearsed phone would report it: what it does, and the drive it is on. */
interface Moving {
  readonly state: UnitState;
  readonly from: Place;
  readonly to: Place;
  readonly leftAt: Instant;
  readonly seconds: number;
  /** When it last stood at its station: there one crew relieves the other. */
  readonly relievedAt: Instant;
}

/** Where the ambulances of the rehearsed city are: they stand where they handed over, drive back, and turn round from wherever they are. */
export class Fleet {
  readonly #city: City;
  readonly #travel: RehearsedTravel;
  readonly #units = new Map<string, Moving>();
  readonly #groups = new Map<string, number>();

  constructor(city: City, travel: RehearsedTravel = ESTIMATED) {
    this.#city = city;
    this.#travel = travel;
    for (const [index, unit] of [...city.units.keys()].entries()) {
      const station = this.#station(unit);
      this.#units.set(unit, { state: 'idle', from: station, to: station, leftAt: -Infinity, seconds: 0, relievedAt: -Infinity });
      this.#groups.set(unit, index % GROUPS);
    }
  }

  /** What an event of a story changes in the unit it names. */
  follow(story: Story, event: JourneyEvent, at: Instant): void {
    switch (event.type) {
      case 'UnitSent':
        return this.#stand(event.unit, 'toPatient', this.#placeAt(event.unit, at), at);
      case 'UnitDiverted':
        return this.#stand(event.unit, 'idle', this.#placeAt(event.unit, at), at);
      case 'MissionStoodDown':
        return event.unit === undefined ? undefined : this.#driveBack(event.unit, this.#placeAt(event.unit, at), at);
      case 'MissionReported':
        return this.#reported(story, event.unit, event.step, at);
      default:
        return undefined;
    }
  }

  /** The units that nobody needs and those on their way to a patient; whoever is with one is with one. */
  board(isTaken: (unit: string) => boolean, at: Instant): readonly BoardUnit[] {
    return [...this.#units].flatMap(([unit, moving]): BoardUnit[] => {
      const state = this.#stateAt(unit, at);
      const taken = isTaken(unit);
      if (taken ? state !== 'toPatient' : state === 'withPatient') return [];
      const { equipment, negativePressure } = this.#city.units.get(unit)!;
      return [{ unit, state, place: this.#placeAt(unit, at), placeAt: at, equipment, negativePressure, shiftEndsAt: this.#shiftEndsAt(unit, moving, at) }];
    });
  }

  /** One unit as the patient's story sees it. */
  free(unit: string, patient: Place, at: Instant): FreeUnit {
    const { equipment, negativePressure } = this.#city.units.get(unit)!;
    const from = this.#placeAt(unit, at);
    const estimated = this.#travel.seconds.estimates?.(from, patient) && ({ estimated: true } as const);
    return { unit, equipment, negativePressure, etaSeconds: this.#travel.drive(from, patient, at, 'ambulance'), ...estimated };
  }

  /** When a unit that drives back after the end of its shift is at its station and goes out again with another crew. */
  reliefAt(unit: string, at: Instant): Instant | undefined {
    const moving = this.#units.get(unit)!;
    return moving.state === 'returning' && this.#shiftEndsAt(unit, moving, at) <= this.#backAt(moving) ? this.#backAt(moving) : undefined;
  }

  #backAt({ leftAt, seconds }: Moving): Instant {
    return leftAt + Math.ceil(seconds) * SECOND_MS;
  }

  #reported(story: Story, unit: string, step: string, at: Instant): void {
    const here = this.#placeAt(unit, at);
    switch (step) {
      case 'enRoute':
        return this.#drive(unit, 'toPatient', here, patientPlace(story, this.#city), at);
      case 'atGate':
        return this.#stand(unit, 'toPatient', patientPlace(story, this.#city), at);
      case 'atPatient':
      case 'aboard':
        return this.#stand(unit, 'withPatient', patientPlace(story, this.#city), at);
      case 'atDestination':
      case 'handedOver':
        return this.#stand(unit, 'withPatient', institutionPlace(story, this.#city) ?? here, at);
      case 'inService':
        return this.#driveBack(unit, here, at);
      default:
        return undefined;
    }
  }

  #driveBack(unit: string, from: Place, at: Instant): void {
    this.#drive(unit, 'returning', from, this.#station(unit), at);
  }

  #drive(unit: string, state: UnitState, from: Place, to: Place, at: Instant): void {
    this.#units.set(unit, { state, from, to, leftAt: at, seconds: this.#travel.drive(from, to, at, 'ambulance'), relievedAt: this.#relievedAt(unit, at) });
  }

  #stand(unit: string, state: UnitState, place: Place, at: Instant): void {
    this.#units.set(unit, { state, from: place, to: place, leftAt: at, seconds: 0, relievedAt: this.#relievedAt(unit, at) });
  }

  #relievedAt(unit: string, at: Instant): Instant {
    const { to, relievedAt } = this.#units.get(unit)!;
    return this.#stateAt(unit, at) === 'idle' && to === this.#station(unit) ? at : relievedAt;
  }

  #stateAt(unit: string, at: Instant): UnitState {
    const { state } = this.#units.get(unit)!;
    return state === 'returning' && at >= this.#backAt(this.#units.get(unit)!) ? 'idle' : state;
  }

  /** On a straight line between the two ends, as far as the time of the drive has gone by. */
  #placeAt(unit: string, at: Instant): Place {
    const { from, to, leftAt, seconds } = this.#units.get(unit)!;
    const part = seconds === 0 ? 1 : Math.min(1, (at - leftAt) / SECOND_MS / seconds);
    if (part >= 1) return to;
    return { lon: from.lon + part * (to.lon - from.lon), lat: from.lat + part * (to.lat - from.lat) };
  }

  #shiftEndsAt(unit: string, moving: Moving, at: Instant): Instant {
    const since = this.#stateAt(unit, at) === 'idle' ? at : Math.max(moving.relievedAt, at - 2 * SHIFT_MS);
    const firstAt = startOfDay(since) + FIRST_SHIFT_MS + this.#groups.get(unit)! * GROUP_MS;
    return firstAt + (Math.floor((since - firstAt) / SHIFT_MS) + 1) * SHIFT_MS;
  }

  #station(unit: string): Place {
    return this.#city.stations.get(this.#city.units.get(unit)!.station)!.place;
  }
}

export function patientPlace({ request }: Story, city: City): Place {
  return request.point ?? city.towns.get(request.town)!.centre;
}

export function institutionPlace({ arrival, decision }: Story, city: City): Place | undefined {
  return city.institutions.get(arrival?.institution ?? decision.institution ?? '')?.place;
}

export function isInfectious(story: Story): boolean {
  return INFECTIOUS.has(cohortOf(story));
}
