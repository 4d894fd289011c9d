import type { AssignReason, BoardView, Note, Shortfall } from '../../../../src/dispatch/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import type { CityAnswer } from '../../data/contract.ts';
import type { Words } from '../../shell/language.tsx';

/** Who and where the codes of a note mean. */
export interface Names {
  readonly ofMission: (mission: string) => string | undefined;
  readonly ofJourney: (journey: string) => string | undefined;
  readonly ofDistrict: (district: string) => string;
  readonly ofTown: (town: string) => string;
}

/** @param journeys requests that are no calls any more: a crew is with them */
export function namesOf({ calls, watched }: Pick<BoardView, 'calls' | 'watched'>, journeys: readonly JourneyView[], city: CityAnswer | undefined, say: Words['say']): Names {
  const names = new Map(calls.map(({ mission, name }) => [mission, name]));
  const callers = new Map([...journeys.map(({ id, person }) => [id, person.name] as const), ...[...watched, ...calls].map(({ journey, name }) => [journey, name] as const)]);
  const districts = new Map(city?.districts.map(({ code, name }) => [code, say(name)]));
  const towns = new Map(city?.towns.map(({ code, name }) => [code, say(name)]));
  return {
    ofMission: (mission) => names.get(mission),
    ofJourney: (journey) => callers.get(journey),
    ofDistrict: (district) => districts.get(district) ?? district,
    ofTown: (town) => towns.get(town) ?? town,
  };
}

/** Minutes as they are said: what takes forty seconds takes a minute. */
export const minutesOf = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

/** A reason as a sentence: `nearerSeconds` becomes `{nearerMinutes}`, a mission the name of its patient, a level its word. */
export function reasonOf(words: Words, note: Note<AssignReason>, names: Names): string {
  return words.word('board-reason', note.code, factsOf(words, note.facts, names));
}

/** What is missing, as a sentence. */
export function shortfallOf(words: Words, note: Note<Shortfall>, names: Names): string {
  return words.word('board-shortfall', note.code, factsOf(words, note.facts, names));
}

type Facts = Readonly<Record<string, string | number>>;
function factsOf({ t, word }: Words, facts: Facts = {}, names: Names): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]): [string, string | number] => {
    if (key === 'seconds') return ['minutes', minutesOf(Number(value))];
    if (key.endsWith('Seconds')) return [`${key.slice(0, -'Seconds'.length)}Minutes`, minutesOf(Number(value))];
    if (key === 'mission') return ['name', names.ofMission(String(value)) ?? t('board.somebody')];
    if (key === 'acuity') return [key, word('acuity', String(value))];
    return key === 'from' || key === 'to' || key === 'district' ? [key, names.ofDistrict(String(value))] : [key, value];
  }));
}
