import type { DriverReport, DriverStop, RideStep } from '../../../../src/trips/index.ts';
import { RIDE_STEPS } from '../../../../src/trips/ride.ts';

/** A stop as the driver left it: what the server knows, and what was pressed since. */
export interface OpenStop extends DriverStop {
  /** Somebody else stood at the door, or the gate stayed shut: said, and not over. */
  readonly trouble?: 'wrongPerson' | 'refusedAtGate';
  readonly troubleAt?: number;
}

/** The next press at a stop: three for each person, from door to door. */
export type Tap = RideStep;

/** The day as it is on this phone, with or without a line: presses count from the moment they are made. */
export function withReports(stops: readonly DriverStop[], reports: readonly DriverReport[]): readonly OpenStop[] {
  return stops.map((stop) => {
    const own = reports.filter(({ journey, leg }) => journey === stop.journey && leg === stop.leg);
    const said = own.filter(({ wrongPerson, refusedAtGate }) => !wrongPerson && refusedAtGate === undefined);
    const step = later(stop.step, ...said.map((report) => report.step));
    const last = own.at(-1);
    const trouble = last?.wrongPerson ? 'wrongPerson' : last?.refusedAtGate !== undefined ? 'refusedAtGate' : undefined;
    const doneAt = stop.doneAt ?? (isDone(stop, step) ? said.find((report) => isDone(stop, report.step))?.at ?? stop.at : undefined);
    return {
      ...stop, ...(step && { step }), ...(doneAt !== undefined && { doneAt }),
      ...(trouble && last && doneAt === undefined && { trouble, troubleAt: last.at }),
    };
  });
}

/** What is pressed next at this stop; nothing when it is behind us, or when the person is not aboard yet. */
export function tapOf({ kind, step, doneAt }: OpenStop): Tap | undefined {
  if (doneAt !== undefined) return undefined;
  if (kind === 'dropOff') return step === 'aboard' ? 'arrived' : undefined;
  return step === undefined ? 'atDoor' : step === 'atDoor' ? 'aboard' : undefined;
}

/**
 * Still to do, in the planned order. Whoever is in the car and in danger comes before everybody; whoever stands at a door already is
 * served before the car drives on.
 */
export function toDo(stops: readonly OpenStop[]): readonly OpenStop[] {
  const open = stops.filter(({ doneAt }) => doneAt === undefined);
  const here = open.filter(({ kind, step }) => kind === 'pickUp' && step === 'atDoor');
  const first = [...open.filter(({ emergency }) => emergency !== undefined), ...here];
  return [...first, ...open.filter((stop) => !first.includes(stop))];
}

/** Who is in the car now. */
export function aboardNow(stops: readonly OpenStop[]): readonly OpenStop[] {
  return stops.filter(({ kind, step }) => kind === 'dropOff' && step === 'aboard');
}

function isDone({ kind }: DriverStop, step: RideStep | undefined): boolean {
  return step === 'arrived' || (kind === 'pickUp' && step === 'aboard');
}

function later(...steps: readonly (RideStep | undefined)[]): RideStep | undefined {
  const index = Math.max(-1, ...steps.map((step) => (step ? RIDE_STEPS.indexOf(step) : -1)));
  return RIDE_STEPS[index];
}
