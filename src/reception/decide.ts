import { accept, DAY_MS, refuse, type Instant, type Result } from '../base/index.ts';
import { entryFor, isNeverBlockGround, type Arrival, type ReceptionCommand, type ReceptionEvent } from './arrival.ts';

/** A stay that is planned longer than this is a typing error; the ward can always extend it day by day. */
const STAY_MAX_MS = 60 * DAY_MS;

/**
 * The door. There is no command "refuse": an institution can only receive, and a refusal that happened all the same is
 * reported by whoever stood there, so that the patient is re-pathed and it goes on the institution's record.
 */
export function atDoor(
  arrival: Arrival | undefined,
  command: ReceptionCommand,
  by: string,
  at: Instant,
): Result<ReceptionEvent> {
  if (!arrival) return refuse('notExpected');
  const { institution } = arrival;
  switch (command.type) {
    case 'reportArrival':
      if (arrival.arrivedAt !== undefined) return refuse('alreadyArrived');
      return accept({ type: 'ArrivedAtDoor', institution });
    case 'receivePatient':
      if (arrival.receivedAt !== undefined) return refuse('alreadyReceived');
      return accept({ type: 'Received', institution, by, via: entryFor(arrival.entry, arrival.refused?.ground) });
    case 'reportRefusal':
      if (arrival.receivedAt !== undefined) return refuse('alreadyReceived');
      return accept({
        type: 'RefusedAtDoor', institution, ground: command.ground, by,
        neverBlock: isNeverBlockGround(command.ground),
      });
    case 'admit':
      if (arrival.receivedAt === undefined) return refuse('notReceivedYet');
      if (arrival.treatedAt !== undefined) return refuse('alreadyTreated');
      if (command.expectedDischargeAt <= at) return refuse('dischargeInPast', undefined, 'expectedDischargeAt');
      if (command.expectedDischargeAt > at + STAY_MAX_MS) return refuse('stayTooLong', undefined, 'expectedDischargeAt');
      return accept({ type: 'Admitted', institution, expectedDischargeAt: command.expectedDischargeAt });
    case 'finishTreatment':
      if (arrival.receivedAt === undefined) return refuse('notReceivedYet');
      if (arrival.treatedAt !== undefined) return refuse('alreadyTreated');
      return accept({ type: 'Treated', institution, outcome: command.outcome });
  }
}
