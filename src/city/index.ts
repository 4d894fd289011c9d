export * from './city.ts';
export {
  candidatesFor, type Behind, type Candidate, type CandidateQuestion, type CandidateRule, type Candidates, type RuledOutInstitution,
} from './candidates.ts';
export * from './arrangements.ts';
export * from './counterpart-views.ts';
export { COUNTERPART_COLUMNS, counterpartsCsv, readCounterpartsCsv, type CounterpartLine } from './counterparts-csv.ts';
export { counterpartEpoch, counterpartsOf } from './counterparts.ts';
export * from './decide.ts';
export { districtsFrom } from './districts.ts';
export { withHandOver, type HandOverSeconds } from './hand-over.ts';
export { findPlaces, plainAddress, type FoundPlace } from './gazetteer.ts';
export { formatProblems, type CityProblem, type ProblemCode } from './problem.ts';
export { findHoles, type CounterpartHole, type FilledBy } from './holes.ts';
export { sees } from './patients.ts';
export * from './places.ts';
export * from './status-rules.ts';
export * from './status.ts';
export { shapeOfArea, type Area } from './roads/area.ts';
export { driveBetween, driveMatrix, nearest, NO_DRIVE, type Drive, type Near, type NoDrive } from './roads/ask.ts';
export { isLiveOrComing, lastTurn, standsAt, type DailyHours, type DrawnRestriction } from './roads/drawn.ts';
export { roadLines, ROAD_WIDTHS, type RoadWidth } from './roads/lines.ts';
export { placeOf, prepareRoads, type RoadMap } from './roads/map.ts';
export { networkOf, ROAD_CLASSES, type Arc, type RoadNetwork } from './roads/network.ts';
export { PROFILES, type Profile } from './roads/profiles.ts';
export { readRestrictions, restrictionBody, roadsMet, type Passage, type Restriction } from './roads/restriction.ts';
export { snap } from './roads/snap.ts';
export { LiveRoads, roadTimes, type RoadTimes } from './roads/times.ts';
export { sameSpeedAt } from './speeds.ts';
export { travelTables, travelTablesNow, type TownTravel, type TravelTables } from './town-travel.ts';
export {
  estimateSeconds, secondsOn, travelEstimate, travelTime, type NoTravel, type RoadTravel, type TravelEstimate, type TravelSeconds, type Vehicle,
} from './travel.ts';
