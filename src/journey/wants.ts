import { slotWindow, type BookableService } from '../appointments/index.ts';
import type { Instant, Place, Window } from '../base/index.ts';
import { estimateSeconds, type City, type TravelSeconds, type Vehicle } from '../city/index.ts';
import type { FreeUnit } from '../dispatch/index.ts';
import { carWindow, type Cohort, type FreeCar } from '../trips/index.ts';
import { openLink, type Command, type Story } from './story.ts';

/** What has to be looked up before a command can be handled. Nothing scarce is looked up for a command that takes nothing. */
export type Wanted =
  | { readonly things: 'nothing' }
  /** What was dispensed to this person in other journeys: a warning may hang on it. */
  | { readonly things: 'taking' }
  /** One unit by name, or every one that is free. */
  | { readonly things: 'units'; readonly unit?: string }
  | { readonly things: 'cars'; readonly window: Window & { to: Instant }; readonly cohort: Cohort }
  | {
      readonly things: 'slots';
      readonly institution: string;
      readonly service: BookableService;
      readonly window: Window & { to: Instant };
    }
  /** One slot by its id. */
  | { readonly things: 'slot'; readonly slot: string; readonly institution: string; readonly service: BookableService };

export function wantedFor(command: Command, story: Story, at: Instant): Wanted {
  switch (command.type) {
    case 'sendUnit':
      return { things: 'units', ...(command.unit !== undefined && { unit: command.unit }) };
    case 'assignCar': {
      const ride = story[command.leg];
      return ride && !command.planned ? { things: 'cars', window: carWindow(ride, at), cohort: ride.cohort } : { things: 'nothing' };
    }
    case 'answerVisit':
    case 'amendPrescription':
    case 'checkPrescription':
      return { things: 'taking' };
    case 'bookSlot': {
      const { institution, service, acuity } = story.decision;
      if (!institution || service === 'emergency') return { things: 'nothing' };
      return { things: 'slots', institution, service, window: slotWindow(acuity, at, service, story.request.lastSessionAt) };
    }
    case 'moveBooking': {
      const [institution = '', service = ''] = command.slot.split('/');
      return { things: 'slot', slot: command.slot, institution, service: service as BookableService };
    }
    default:
      return { things: 'nothing' };
  }
}

function placeOf(story: Story, city: City): Place | undefined {
  return story.request.point ?? city.towns.get(story.request.town)?.centre;
}

/** How soon one thing of a kind is there; where no road is open, how soon it would be. */
interface Eta {
  readonly etaSeconds: number;
  readonly noWayOpen?: true;
  readonly estimated?: true;
}

function etaOf(travel: TravelSeconds, from: Place, to: Place, at: Instant, kind: Vehicle | 'permitCar'): Eta {
  const etaSeconds = travel(from, to, at, kind);
  if (etaSeconds === undefined) return { etaSeconds: estimateSeconds(from, to, at, kind), noWayOpen: true };
  return { etaSeconds, ...(travel.estimates?.(from, to) && { estimated: true }) };
}

/** Free units as this story sees them: with the drive from where each is, its station unless more is known. */
export function unitsFor(
  story: Story, unitIds: Iterable<string>, city: City, at: Instant, travel: TravelSeconds = estimateSeconds, isAt: ReadonlyMap<string, Place> = new Map(),
): readonly FreeUnit[] {
  const place = placeOf(story, city);
  const units: FreeUnit[] = [];
  for (const id of unitIds) {
    const unit = city.units.get(id);
    const station = unit && city.stations.get(unit.station);
    if (!unit || !station || !place) continue;
    units.push({
      unit: id,
      ...etaOf(travel, isAt.get(id) ?? station.place, place, at, 'ambulance'),
      equipment: unit.equipment,
      negativePressure: unit.negativePressure,
    });
  }
  return units;
}

/** Free cars of the person's district; of the whole city once the deadline was missed: nobody waits for a border to be crossed. */
export function carsFor(story: Story, carIds: Iterable<string>, city: City, at: Instant, travel: TravelSeconds = estimateSeconds): readonly FreeCar[] {
  const place = placeOf(story, city);
  const district = city.towns.get(story.request.town)?.district;
  const late = (openLink(story)?.missed.length ?? 0) > 0;
  const cars: FreeCar[] = [];
  for (const id of carIds) {
    const car = city.cars.get(id);
    const home = car && city.towns.get(car.town);
    if (!car || !home || !place || (!late && home.district !== district)) continue;
    const { town, seats, wheelchair, stretcher } = car;
    cars.push({ car: id, town, ...etaOf(travel, home.centre, place, at, 'permitCar'), seats, wheelchair, stretcher });
  }
  return cars;
}
