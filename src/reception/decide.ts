import { accept, DAY_MS, HOUR_MS, MINUTE_MS, refuse, type Instant, type Result } from '../base/index.ts';
import { entryFor, isNeverBlockGround, type Arrival, type ReceptionCommand, type ReceptionEvent } from './arrival.ts';

/** A stay that is planned longer than this is a typing error; the ward can always extend it day by day. */
const STAY_MAX_MS = 60 * DAY_MS;

/** Who stands at the door and says so. */
export interface Witness {
  readonly id: string;
  readonly name: string;
}

/** A press that waited for a network longer than this is somebody else's shift; the same goes for one that lies ahead. */
const PRESSED_BEFORE_MS_MAX = 18 * HOUR_MS;
const CLOCK_OFF_MS = 2 * MINUTE_MS;

/**
 * The door. There is no command "refuse": an institution can only receive, and a refusal that happened all the same is
 * reported by whoever stood there, so that the patient is re-pathed and it goes on the institution's record.
 */
export function atDoor(
  arrival: Arrival | undefined,
  command: ReceptionCommand,
  by: Witness,
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
      return accept({ type: 'Received', institution, by: by.id, name: by.name, via: entryFor(arrival.entry, arrival.refused?.ground) });
    case 'reportRefusal':
      if (arrival.receivedAt !== undefined) return refuse('alreadyReceived');
      return accept({
        type: 'RefusedAtDoor', institution, ground: command.ground, by: by.id,
        neverBlock: isNeverBlockGround(command.ground),
      });
    case 'handOver': {
      // Told before or after somebody has received them: both have to sign, and neither waits for the other.
      if (arrival.arrivedAt === undefined) return refuse('notArrivedYet');
      if (arrival.handOver) return refuse('alreadyHandedOver', { name: arrival.handOver.name });
      const pressedAt = command.at ?? at;
      if (pressedAt > at + CLOCK_OFF_MS) return refuse('timeInFuture', undefined, 'at');
      if (pressedAt < at - PRESSED_BEFORE_MS_MAX) return refuse('pressedTooLongAgo', undefined, 'at');
      return accept({ type: 'HandOverTold', institution, by: by.id, name: by.name, report: command.report, at: Math.min(pressedAt, at) });
    }
    case 'admit':
      if (arrival.receivedAt === undefined) return refuse('notReceivedYet');
      if (arrival.treatedAt !== undefined) return refuse('alreadyTreated');
      if (command.expectedDischargeAt <= at) return refuse('dischargeInPast', undefined, 'expectedDischargeAt');
      if (command.expectedDischargeAt > at + STAY_MAX_MS) return refuse('stayTooLong', undefined, 'expectedDischargeAt');
      return accept({ type: 'Admitted', institution, expectedDischargeAt: command.expectedDischargeAt, ...(arrival.admittedAt !== undefined && { again: true as const }) });
    case 'finishTreatment':
      if (arrival.receivedAt === undefined) return refuse('notReceivedYet');
      if (arrival.treatedAt !== undefined) return refuse('alreadyTreated');
      return accept({ type: 'Treated', institution, outcome: command.outcome });
  }
}
