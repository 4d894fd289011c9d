import { basename } from 'node:path';
import type { Complaint } from './complaint.ts';
import { LOADER, OTHER_DOORS, OUTBOX, SCREEN_VALUES, SERVICE_ENTRANCES } from './law.ts';
import { floorOf, isRunning, roomOf, type Import, type Source } from './source.ts';

type Verdict = Omit<Complaint, 'file' | 'line'> | undefined;

/** Who opens whom: floors downwards, through the door, service entrances only by the server. */
export function checkImports({ path, imports, isTest }: Source): Complaint[] {
  const room = roomOf(path);
  return imports.flatMap((one) => {
    if (one.path === undefined) return [];
    const verdict = room !== undefined ? fromRoom(room, path, one, isTest) : fromOutside(path, one);
    return verdict ? [{ file: path, line: one.line, ...verdict }] : [];
  });
}

function fromRoom(room: string, path: string, { path: target, typeOnly }: Import, isTest: boolean): Verdict {
  const other = roomOf(target!);
  const [floor, otherFloor] = [floorOf(room), other === undefined ? -1 : floorOf(other)];
  if (other === undefined) {
    if (isTest && target!.startsWith('tests/')) return undefined;
    return {
      found: `opens ${target}, outside src/.`,
      why: 'The product would need its tools, its tests or its screens to run.',
      todo: 'Move what both need down into a room of src/.',
    };
  }
  // Rooms on no floor are named once, where the rooms themselves are checked.
  if (floor < 0 || otherFloor < 0) return undefined;
  if (other === room || (floor === otherFloor && isFile(room))) {
    return !isTest && !typeOnly && !isRunning(room) && !touchesWorld(path) && touchesWorld(target!)
      ? {
          found: `opens ${basename(target!)} from a pure file.`,
          why: 'Whoever opens this file would bring a database or a disk along: no drill, no screen and no proof could use it any more.',
          todo: 'Take what was read as an argument; the server reads and passes it in.',
        }
      : undefined;
  }
  if (otherFloor === floor) {
    return {
      found: `opens its neighbour ${other} (both floor ${floor}).`,
      why: 'Neighbours that call each other become one room that nobody can change alone.',
      todo: `Take what is needed as an argument, move the shared part to a lower floor, or let the floor above bring ${room} and ${other} together.`,
    };
  }
  if (otherFloor > floor) {
    return {
      found: `opens ${other} (floor ${otherFloor}) from ${room} (floor ${floor}).`,
      why: 'Imports go down only: a rule that knows who calls it cannot be proven, rehearsed or reused.',
      todo: `Take it as an argument, or move the shared part to floor ${floor} or below.`,
    };
  }
  return throughDoor(other, target!, { loads: isTest || isRunning(room), serves: room === 'server' || (target === OUTBOX && basename(path) === 'store.ts'), runs: floor > floorOf('server') });
}

/** Screens, tools, measurements and tests that stand outside `src/`. */
function fromOutside(path: string, { path: target, typeOnly }: Import): Verdict {
  const other = roomOf(target!);
  if (other === undefined || floorOf(other) < 0) return undefined;
  if (!path.startsWith('web/')) return throughDoor(other, target!, { loads: true, serves: path.startsWith('tests/'), runs: true });
  if (isRunning(other)) {
    return {
      found: `opens ${other} from a screen.`,
      why: 'A browser cannot run the server, and must not carry its code.',
      todo: 'Ask for it over HTTP (web/shared/api.ts).',
    };
  }
  if (typeOnly) return throughDoor(other, target!, { loads: false, serves: false, runs: false });
  if (SCREEN_VALUES.includes(target!)) return undefined;
  return {
    found: `takes more than types from ${target}.`,
    why: 'A screen holds no rule: what it decides by itself is decided without policy, reasons or record, and an old phone has to load it.',
    todo: 'Write "import type"; for a vocabulary that a screen really needs, add the file to SCREEN_VALUES in tools/tidy/law.ts.',
  };
}

interface Rights {
  /** May open loaders. */
  readonly loads: boolean;
  /** May open stores and routes. */
  readonly serves: boolean;
  /** May open any file of a room that runs: a command loads only what it needs, a measurement only what it measures. */
  readonly runs: boolean;
}

function throughDoor(other: string, target: string, { loads, serves, runs }: Rights): Verdict {
  const file = target.slice(`src/${other}/`.length);
  const door = OTHER_DOORS[other] ?? 'index.ts';
  if (file === door || isFile(other)) return undefined;
  if (isRunning(other) && runs) return undefined;
  if (file === LOADER && loads) return undefined;
  if (SERVICE_ENTRANCES.includes(file)) {
    return serves
      ? undefined
      : {
          found: `opens ${target}, a service entrance.`,
          why: 'Only the server holds the transaction in which rows and events are stored together; anyone else would store half.',
          todo: `Use src/${other}/${door}, or let the server do the reading and writing and pass the result in.`,
        };
  }
  return {
    found: `opens ${target} behind the door of ${other}.`,
    why: `What is behind a door may change without asking; ${file} would no longer be free to.`,
    todo: `Import from src/${other}/${door}; when it is missing there, and others may rely on it, export it.`,
  };
}

const isFile = (room: string): boolean => room.endsWith('.ts');

const touchesWorld = (path: string): boolean => [...SERVICE_ENTRANCES, LOADER].includes(basename(path));
