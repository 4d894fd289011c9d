import type { Migration } from 'kysely';
import * as journeys from './001-journeys.ts';
import * as scarce from './002-scarce.ts';
import * as desks from './010-desks.ts';
import * as signIn from './020-sign-in.ts';
import * as passingNotices from './021-passing-notices.ts';
import * as policies from './030-policies.ts';
import * as restrictions from './031-restrictions.ts';
import * as units from './040-units.ts';
import * as rides from './041-rides.ts';
import * as roads from './042-roads.ts';
import * as board from './044-board.ts';
import * as appointments from './050-appointments.ts';
import * as seats from './051-seats.ts';
import * as schedules from './052-schedules.ts';
import * as series from './053-series.ts';
import * as clinic from './054-clinic.ts';
import * as panels from './055-panels.ts';
import * as checks from './060-checks.ts';
import * as status from './061-status.ts';
import * as counterparts from './062-counterparts.ts';
import * as callLine from './063-call-line.ts';
import * as refusals from './064-refusals.ts';
import * as door from './065-door.ts';
import * as workPasses from './066-work-passes.ts';
import * as experts from './067-experts.ts';
import * as findPeople from './073-find-people.ts';
import * as statusEdges from './080-status-edges.ts';
import * as keysGivenUp from './084-keys-given-up.ts';
import * as waitingNotAt from './089-waiting-not-at.ts';
import * as passKeys from './070-pass-keys.ts';

/** Every step from an empty database to this version, applied in the order of the names and never changed afterwards. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-journeys': journeys,
  '002-scarce': scarce,
  '010-desks': desks,
  '020-sign-in': signIn,
  '021-passing-notices': passingNotices,
  '030-policies': policies,
  '031-restrictions': restrictions,
  '040-units': units,
  '041-rides': rides,
  '042-roads': roads,
  '044-board': board,
  '050-appointments': appointments,
  '051-seats': seats,
  '052-schedules': schedules,
  '053-series': series,
  '054-clinic': clinic,
  '055-panels': panels,
  '060-checks': checks,
  '061-status': status,
  '062-counterparts': counterparts,
  '063-call-line': callLine,
  '064-refusals': refusals,
  '065-door': door,
  '066-work-passes': workPasses,
  '067-experts': experts,
  '070-pass-keys': passKeys,
  '073-find-people': findPeople,
  '080-status-edges': statusEdges,
  '084-keys-given-up': keysGivenUp,
  '089-waiting-not-at': waitingNotAt,
};
