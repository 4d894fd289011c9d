import type { Complaint, Files } from './complaint.ts';
import { EMPTY_FOLDER_NAMES, FLOORS, OTHER_DOORS } from './law.ts';
import { floorOf, roomOf } from './source.ts';

const MAP = 'ARCHITECTURE.md';

/** Every room stands on a floor and has a page and a door; folders have names that say something. */
export function checkRooms(files: Files): Complaint[] {
  const rooms = new Set([...files.keys()].flatMap((path) => roomOf(path) ?? []));
  return [...[...rooms].flatMap((room) => checkRoom(room, files)), ...checkFolders(files), ...checkMap(files)];
}

function checkRoom(room: string, files: Files): Complaint[] {
  const file = `src/${room}`;
  if (floorOf(room) < 0) {
    return [{
      file, line: 1, found: 'stands on no floor.',
      why: 'Nobody can say what it may use, nor who may use it.',
      todo: `Put it into a room that exists, or add it to FLOORS in tools/tidy/law.ts and to the table in ${MAP}.`,
    }];
  }
  if (room.endsWith('.ts')) return [];
  const door = OTHER_DOORS[room] ?? 'index.ts';
  const wanted = [
    ['README.md', 'Whoever has to mend it at night starts with this page.', 'Write one page: what comes in, what goes out, its promises, what is not here yet, how to add one more.'],
    [door, 'Without a door every file of the room is public, and none of them can change.', 'Export there what the floors above may rely on, and nothing else.'],
  ] as const;
  return wanted.filter(([name]) => !files.has(`${file}/${name}`)).map(([name, why, todo]) => ({ file: `${file}/${name}`, line: 1, found: 'is missing.', why, todo }));
}

function checkFolders(files: Files): Complaint[] {
  const folders = new Set([...files.keys()].flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  }));
  return [...folders].filter((folder) => EMPTY_FOLDER_NAMES.includes(folder.split('/').at(-1)!)).map((folder) => ({
    file: folder, line: 1, found: 'is a folder whose name says nothing.',
    why: 'It collects what nobody wanted to name, and everything comes to depend on it.',
    todo: 'Name it after its subject, or move each file to the room that it serves.',
  }));
}

/** The table of floors that people read is the one that is enforced. */
function checkMap(files: Files): Complaint[] {
  const rows = (files.get(MAP) ?? '').split('\n').flatMap((text, index) => {
    const [, floor, rooms] = /^\| (\d+) \| ([^|]+)\|/.exec(text) ?? [];
    return floor === undefined ? [] : [{ line: index + 1, floor: Number(floor), rooms: [...rooms!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!) }];
  });
  return rows.flatMap(({ line, floor, rooms }) => {
    // The top floor is files: the map names the one that people start.
    const lawful = FLOORS[floor]?.filter((room) => !room.endsWith('.ts') || rooms.includes(room)) ?? [];
    if ([...lawful].sort().join() === [...rooms].sort().join()) return [];
    return [{
      file: MAP, line, found: `prints ${rooms.join(' ')} on floor ${floor}; enforced is ${lawful.join(' ') || 'no such floor'}.`,
      why: 'A map that is wrong in one place is believed in none.',
      todo: 'Make this table and FLOORS in tools/tidy/law.ts the same.',
    }];
  });
}
