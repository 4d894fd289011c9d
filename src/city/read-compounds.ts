import { metersBetween, type Place } from '../base/index.ts';
import { GATE_ROLES, type Compound } from './city.ts';
import type { Entry, Row } from './sheet.ts';

/** Places are held against the city's bounds once all files are read. */
export type CompoundEntry = Entry<Omit<Compound, 'place'> & { readonly place: Place | undefined }>;

/** A gate farther from its compound than this is a digit mistyped: large compounds measure a kilometre. */
const GATE_METERS_MAX = 2_000;

/** `compounds.yaml`: where people live behind one gate. `defibrillator: true` hangs at the gate, `defibrillatorAt` elsewhere. */
export function readCompounds(sheet: Row): readonly CompoundEntry[] {
  const [allSynthetic, allApproximate] = [sheet.flag('synthetic'), sheet.flag('approximate')];
  const entries = sheet.rows('compounds').map((row) => {
    const [synthetic, approximate] = [row.flag('synthetic', allSynthetic), row.flag('approximate', allApproximate)];
    const place = row.place();
    const gate = row.has('gate') ? readGate(row, place) : undefined;
    const hasOne = row.flag('defibrillator');
    const elsewhere = row.has('defibrillatorAt') ? readSpot(row, 'defibrillatorAt') : undefined;
    const defibrillator = elsewhere ?? (hasOne ? (gate?.place ?? place) : undefined);
    const value = {
      code: row.text('code'), name: row.name(), also: row.words('also'), address: row.text('address'), town: row.text('town'), place,
      ...(gate && { gate }), ...(defibrillator && { defibrillator }), ...(approximate && { approximate: true as const }), ...(synthetic && { synthetic: true as const }),
    };
    row.finish();
    return { row, value };
  });
  sheet.finish();
  return entries;
}

function readGate(row: Row, compound: Place | undefined): Compound['gate'] {
  const gate = row.row('gate');
  if (!gate) return undefined;
  const place = gate.place();
  const role = gate.choice('role', GATE_ROLES);
  if (!gate.has('phone')) gate.problem('missing', '"phone" is missing: add it', 'phone');
  const phone = gate.phoneNumber('phone');
  gate.finish();
  if (place && compound && metersBetween(place, compound) > GATE_METERS_MAX) {
    gate.problem('outOfRange', `the gate lies ${Math.round(metersBetween(place, compound))} m from its compound: correct one of the two places`, 'lon');
  }
  return place && role && phone !== undefined ? { place, role, phone } : undefined;
}

function readSpot(row: Row, field: string): Place | undefined {
  const spot = row.row(field);
  const place = spot?.place();
  spot?.finish();
  return place;
}
