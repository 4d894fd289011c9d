import type { Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { assign, waitsSince, type BoardUnit, type CallAnswer, type OpenCall } from '../dispatch/index.ts';
import { openLink, type Story } from '../journey/index.ts';
import { institutionPlace, isInfectious, patientPlace } from './fleet.ts';
import { ESTIMATED, type RehearsedTravel } from './roads.ts';

/** A call in the rehearsal: its story as it is now. */
export interface Called {
  readonly story: Story;
}

/** One unit given to one call in this decision; whoever it was on its way to has lost it. */
export interface Given<C extends Called> {
  readonly call: C;
  readonly answer: CallAnswer & { readonly unit: string };
  readonly takenFrom?: C;
}

/** Lesser calls that can matter to one decision: `assign` serves the oldest forty of a level, or as many as there are units. */
const LOOKED_AT = 40;

/** The 120 desk of the rehearsed city: every open call, decided for the whole queue at once, as in the service. */
export class Desk120<C extends Called> {
  readonly #city: City;
  readonly #travel: RehearsedTravel;
  /** Nobody sent yet, or a unit on its way. */
  readonly #open = new Set<C>();
  /** A dispatcher has looked at it and would press now, if there were a unit. */
  readonly #ready = new Set<C>();

  constructor(city: City, travel: RehearsedTravel = ESTIMATED) {
    this.#city = city;
    this.#travel = travel;
  }

  /** The call as it is after an event: open or over, and no longer looked at when it has changed. */
  follow(call: C): void {
    this.#ready.delete(call);
    if (isOpen(call.story)) this.#open.add(call);
    else this.#open.delete(call);
  }

  ready(call: C): void {
    this.#ready.add(call);
  }

  get idle(): boolean {
    return this.#open.size === 0;
  }

  /** What is to be pressed now, in the order of the queue: for calls that a dispatcher has looked at, and whoever's unit they take. */
  decide(units: readonly BoardUnit[], at: Instant): readonly Given<C>[] {
    const calls = this.#lookedAt(units.length);
    const byMission = new Map(calls.map((call) => [call.story.mission!.id, call]));
    const { answers } = assign({
      now: at, units, calls: calls.map(({ story }) => this.#asCall(story, at)),
      travel: (from, to) => this.#travel.drive(from, to, at, 'ambulance'),
    });
    return answers.flatMap((answer): Given<C>[] => {
      const call = byMission.get(answer.mission)!;
      const { unit, takenFrom } = answer;
      const before = unitOf(call.story);
      if (unit === undefined || unit === before || (before === undefined && !this.#ready.has(call))) return [];
      const from = takenFrom === undefined ? undefined : byMission.get(takenFrom);
      return [{ call, answer: { ...answer, unit }, ...(from && { takenFrom: from }) }];
    });
  }

  /**
   * What a decision may not leave behind, looked at without asking how it was made: an emergency that waits while a unit is free
   * or drives to a lesser call that has not given up three already.
   */
  passedOver(units: readonly BoardUnit[], at: Instant): C | undefined {
    const emergencies = [...this.#open].filter(({ story }) => isEmergency(story) && unitOf(story) === undefined);
    const waiting = emergencies.find((call) => this.#ready.has(call));
    if (!waiting) return undefined;
    const lesser = new Set([...this.#open].filter(({ story }) => !isEmergency(story) && (story.mission?.unitsLost ?? 0) < 3).map(({ story }) => unitOf(story)));
    const could = units.filter(({ unit, state, shiftEndsAt = Infinity }) => (state === 'toPatient' ? lesser.has(unit) : shiftEndsAt > at));
    // One each may be meant for an emergency that a dispatcher still reads.
    return could.length > emergencies.filter((call) => !this.#ready.has(call)).length ? waiting : undefined;
  }

  #lookedAt(units: number): readonly C[] {
    const left = { III: Math.max(LOOKED_AT, units), IV: Math.max(LOOKED_AT, units) };
    return [...this.#open]
      .sort((a, b) => waitsSince(a.story.mission!) - waitsSince(b.story.mission!))
      .filter(({ story }) => {
        const { acuity } = story.decision;
        if (acuity === 'I' || acuity === 'II' || unitOf(story) !== undefined) return true;
        left[acuity] -= 1;
        return left[acuity] >= 0;
      });
  }

  #asCall(story: Story, at: Instant): OpenCall {
    const { mission, decision: { acuity } } = story;
    const [place, house] = [patientPlace(story, this.#city), institutionPlace(story, this.#city)];
    const unit = unitOf(story);
    return {
      mission: mission!.id, acuity, place, askedAt: waitsSince(mission!),
      ...(isInfectious(story) && { wants: ['negativePressure'] }),
      ...(unit !== undefined && { unit }),
      ...(mission!.unitsLost !== undefined && { unitsLost: mission!.unitsLost }),
      ...(house && { rideSeconds: this.#travel.drive(place, house, at, 'ambulance') }),
    };
  }
}

/** The unit on its way to this call. */
export function unitOf({ mission }: Story): string | undefined {
  return mission?.stoodDown ? undefined : mission?.unit;
}

function isOpen(story: Story): boolean {
  const { mission, closed } = story;
  if (closed || !mission || mission.stoodDown) return false;
  if (openLink(story)?.kind === 'sendUnit') return mission.unit === undefined;
  return mission.unit !== undefined && mission.times.atPatient === undefined && mission.times.aboard === undefined;
}

function isEmergency({ decision: { acuity } }: Story): boolean {
  return acuity === 'I' || acuity === 'II';
}
