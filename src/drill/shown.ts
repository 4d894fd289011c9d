import type { City } from '../city/index.ts';
import { missionRuns, MISSION_STEPS, nearbyOf, perhapsSame, type CrewAtScene } from '../dispatch/index.ts';
import { isAtHome, type Story } from '../journey/index.ts';
import { patientPlace } from './fleet.ts';

/**
 * What the 120 board shows beside a call while its dispatcher reads it: `perhapsSame R1`, `crew R1` (the unit that is with R1,
 * close by), `defibrillator`. Hints only: nothing of it changes a story.
 */
export function shownBeside(story: Story, all: readonly Story[], city: City): readonly string[] {
  const open = all.filter(({ mission }) => mission && !mission.stoodDown && mission.joined === undefined && mission.times.handedOver === undefined);
  const same = perhapsSame(open.map((each) => ({
    journey: each.id, calledAt: each.request.receivedAt, place: patientPlace(each, city), pointed: each.request.point !== undefined,
    town: each.request.town, address: each.request.address, phones: [each.request.person.phone, ...(each.request.proxy ? [each.request.proxy.phone] : [])],
  })));
  const crews = open.filter((each) => each.id !== story.id && standsAtScene(each))
    .map((each): CrewAtScene => ({ unit: each.mission!.unit!, place: patientPlace(each, city), journey: each.id }));
  const defibrillators = [...city.compounds.values()].flatMap(({ name, defibrillator }) => (defibrillator ? [{ name, place: defibrillator }] : []));
  return [
    ...(same.get(story.id) ?? []).map(({ journey }) => `perhapsSame ${journey}`),
    ...nearbyOf({ place: patientPlace(story, city) }, crews, defibrillators).map((near) => (near.kind === 'crew' ? `crew ${near.journey}` : near.kind)),
  ];
}

/** With the patient and not gone yet. */
function standsAtScene(story: Story): boolean {
  const { mission } = story;
  if (!mission || !missionRuns(mission)) return false;
  const last = MISSION_STEPS.findLastIndex((step) => mission.times[step] !== undefined);
  return last >= MISSION_STEPS.indexOf('atPatient') && last < MISSION_STEPS.indexOf('leftScene') && (isAtHome(story) || mission.times.atDestination === undefined);
}
