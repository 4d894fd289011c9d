import type { Instant, Place, Text } from '../base/index.ts';
import { ACUITIES } from '../triage/index.ts';
import type { Assignment } from './assign.ts';
import type { BoardCall, MutualAid, UnitView } from './board-view.ts';
import type { Board, BoardUnit, Demand, OpenCall, Post, Want } from './board.ts';
import { MISSION_STEPS, missionRuns, waitsSince, type Mission } from './mission.ts';
import { nearbyOf, type CrewAtScene, type Defibrillator } from './nearby.ts';
import { perhapsSame, type ComparedCall } from './perhaps-same.ts';
import { whereIs, type KnownUnit, type Surroundings } from './unit.ts';

/** One request that needs a unit or has one, as its story tells it. */
export interface CallFacts extends ComparedCall {
  readonly mission: Mission;
  readonly district: string;
  readonly wants?: readonly Want[];
  /** Estimated drive from the patient to the institution. */
  readonly rideSeconds?: number;
  readonly institutionAt?: Place;
  /** The patient may leave something in the car. */
  readonly decontamination?: boolean;
}

/** One unit of the city's files with what is kept of it. */
export interface UnitFacts {
  readonly known: KnownUnit;
  readonly station: { readonly code: string; readonly name: Text; readonly place: Place; readonly district: string };
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
}

export interface BoardFacts {
  readonly now: Instant;
  readonly calls: readonly CallFacts[];
  readonly units: readonly UnitFacts[];
  readonly travel: Board['travel'];
  readonly posts: readonly (Post & { readonly name: Text })[];
  readonly demand?: readonly Demand[];
  readonly defibrillators: readonly Defibrillator[];
}

/** The board as far as it follows from these facts; whoever shows it adds names and what they may see. */
export interface LaidOut {
  readonly board: Board;
  readonly units: readonly UnitView[];
  readonly aid: readonly MutualAid[];
  /** The rows of the queue with their recommendations; a call whose unit stays as it is has none. */
  readonly rows: (assignment: Assignment) => readonly CallRow[];
}

export type CallRow = Omit<BoardCall, 'name' | 'need' | 'ageMonths' | 'address'>;

/** Worst first, then who has waited longest since the first call; ties by number, so that no row moves without a reason. */
export function byUrgency(a: { readonly mission: Mission }, b: { readonly mission: Mission }): number {
  return ACUITIES.indexOf(a.mission.acuity) - ACUITIES.indexOf(b.mission.acuity)
    || waitsSince(a.mission) - waitsSince(b.mission) || (a.mission.id < b.mission.id ? -1 : 1);
}

/** A call is open until a crew is with the patient. */
export function isOpenCall({ stoodDown, joined, times }: Mission): boolean {
  return !stoodDown && joined === undefined && !MISSION_STEPS.slice(MISSION_STEPS.indexOf('atPatient')).some((step) => times[step] !== undefined);
}

/** From what every room knows to the board for `assign` and to the rows for the screen. */
export function layOut({ now, calls, units, travel, posts, demand, defibrillators }: BoardFacts): LaidOut {
  const open = calls.filter(({ mission }) => isOpenCall(mission)).sort(byUrgency);
  const callOf = new Map(calls.filter(({ mission }) => missionRuns(mission)).map((call) => [call.mission.unit!, call]));
  const postOf = new Map(posts.map((post) => [post.code, post]));
  const standing = units.map((unit) => {
    const call = callOf.get(unit.known.unit);
    const around: Surroundings = {
      belongsAt: postOf.get(unit.known.post ?? '')?.place ?? unit.station.place,
      ...(call && { mission: call.mission, patientAt: call.place, ...(call.institutionAt && { institutionAt: call.institutionAt }) }),
      ...(call?.decontamination && { decontamination: true }),
    };
    return { unit, call, at: whereIs(unit.known, around, now) };
  });

  const views = standing.map(({ unit: { known, station, equipment, negativePressure }, at }): UnitView => ({
    unit: known.unit, ...at, station: station.code, stationName: station.name, district: station.district, equipment, negativePressure, since: known.since,
    ...(known.journey !== null && { journey: known.journey }), ...(known.shiftEndsAt !== undefined && { shiftEndsAt: known.shiftEndsAt }),
    ...(known.post !== undefined && { post: known.post }),
    ...(at.state === 'outOfService' && { reason: known.outReason ?? '', ...(known.outUntil !== undefined && { outUntil: known.outUntil }) }),
  }));
  const boardUnits = standing.map(({ unit: { known, station, equipment, negativePressure }, at: { state, place, placeAt } }): BoardUnit => ({
    // While its mission holds it nobody can send it: when it will be clean is shown, and not counted on.
    unit: known.unit, state, place, placeAt, equipment, negativePressure, district: station.district, post: known.post ?? station.code,
    ...(known.shiftEndsAt !== undefined && { shiftEndsAt: known.shiftEndsAt }),
  }));
  const board: Board = {
    now, travel, units: boardUnits, posts, ...(demand && { demand }),
    calls: open.map(({ mission, place, district, wants, rideSeconds }): OpenCall => ({
      mission: mission.id, acuity: mission.acuity, place, district, askedAt: waitsSince(mission),
      ...(wants && { wants }), ...(mission.unit !== undefined && { unit: mission.unit }),
      ...(mission.unitsLost !== undefined && { unitsLost: mission.unitsLost }), ...(rideSeconds !== undefined && { rideSeconds }),
    })),
  };

  const atScene = standing.flatMap(({ unit, call, at }): readonly CrewAtScene[] =>
    // The middle of a town is where a call without a point lies; a crew is not taken to stand there.
    (call && standsAtScene(call.mission) && (call.pointed || at.place === unit.known.place) ? [{ unit: unit.known.unit, place: at.place, journey: call.journey }] : []));
  const districtOf = new Map(units.map(({ known, station }) => [known.unit, station.district]));
  return {
    board, units: views,
    aid: calls.flatMap(({ mission, journey, district }): readonly MutualAid[] => {
      const from = missionRuns(mission) && mission.times.handedOver === undefined ? districtOf.get(mission.unit!) : undefined;
      return from === undefined || from === district ? [] : [{ unit: mission.unit!, journey, from, to: district, sentAt: mission.times.sent ?? mission.askedAt }];
    }),
    rows: ({ answers }) => {
      const same = perhapsSame(calls.filter(({ mission }) => mission.joined === undefined && mission.times.handedOver === undefined && !mission.stoodDown));
      const answerOf = new Map(answers.map((answer) => [answer.mission, answer]));
      return open.map(({ journey, mission, place, pointed, district, town }): CallRow => {
        const answer = answerOf.get(mission.id);
        const { unit, etaSeconds, unitsLost, times } = mission;
        const step = MISSION_STEPS.findLast((each) => times[each] !== undefined);
        const stays = unit !== undefined && answer?.unit === unit;
        return {
          journey, mission: mission.id, acuity: mission.acuity, place, district, town, askedAt: waitsSince(mission),
          ...(unit !== undefined && { unit }), ...(times.sent !== undefined && { sentAt: times.sent }), ...(etaSeconds !== undefined && { etaSeconds }),
          ...(step && { step }), ...(answer && !stays && { answer }), ...(unitsLost !== undefined && { unitsLost }),
          perhapsSame: same.get(journey) ?? [],
          nearby: !pointed ? [] : nearbyOf({ place, ...(unit !== undefined && { unit }) }, atScene, defibrillators),
        };
      });
    },
  };
}

/** Its crew is on foot in the compound, or carries somebody out: from the scene until it drives away. */
function standsAtScene({ times }: Mission): boolean {
  const last = MISSION_STEPS.findLast((step) => times[step] !== undefined);
  if (last === undefined) return false;
  const index = MISSION_STEPS.indexOf(last);
  return index >= MISSION_STEPS.indexOf('atScene') && index < MISSION_STEPS.indexOf('leftScene');
}
