import { sql } from 'kysely';
import { DAY_MS, HOUR_MS, startOfDay } from '../../base/index.ts';
import type { Shift } from '../../hotline/index.ts';
import type { House } from '../house.ts';
import { linesOf } from './on-line.ts';
import { addShifts, lockRoster, nameNumber } from './rows.ts';

const DAYS = 14;
const WATCHES = [{ hour: 8, name: '白班值守' }, { hour: 20, name: '夜班值守' }] as const;
/** One line of an exercise has a hole in sight, so that there is something to fill. */
const GAP_ON_DAY = 3;

/** Rosters of an exercise: twelve hours each, two people who belong to a post and to nobody real. Those that stand stay as they are. */
export async function seedRosters({ db, city, incident, clock }: House): Promise<void> {
  const of = { city: city.id, incident: incident.id };
  const at = clock.now();
  await db.transaction().execute(async (trx) => {
    await lockRoster(trx, of, 'demo');
    const { rows: [stands] } = await sql`select from duty_shift where city = ${city.id} limit 1`.execute(trx);
    if (stands) return;
    const shifts: Shift[] = [];
    for (const [line, institution] of [...linesOf(city, at)].sort().entries()) {
      const number = (of: number): string => `000-${String(line + 1).padStart(4, '0')}-${of}`;
      await nameNumber(trx, of, institution, number(0), 'system', at);
      for (let day = -1; day < DAYS; day++) {
        for (const [watch, { hour, name }] of WATCHES.entries()) {
          if (line === 0 && day === GAP_ON_DAY && watch === 1) continue;
          const from = startOfDay(at) + day * DAY_MS + hour * HOUR_MS;
          // It begins with whoever answers now: nobody has left a line open in an exercise that has just begun.
          if (from + DAY_MS / 2 <= at) continue;
          shifts.push({
            id: `D-${institution}-${day + 1}-${watch}`, institution, from, answersFrom: from, to: from + DAY_MS / 2, dutyPerson: `${name}${String.fromCharCode(65 + ((day + 1) % 3))}`, phone: number(1 + watch),
            secondPerson: `总值班`, secondPhone: number(9),
          });
        }
      }
    }
    await addShifts(trx, of, shifts);
  });
}
