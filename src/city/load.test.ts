import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import type { City } from './city.ts';
import { loadCity } from './load.ts';
import { formatProblems, type CityProblem } from './problem.ts';
import { CITY_FILES, readCity, type CityFile } from './read.ts';
import { initialStatus, statusOf, withStatus } from './status.ts';

const TOYTOWN = join(import.meta.dirname, '../../cities/toytown');
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Edits = Partial<Record<CityFile | 'aeras.yaml', (text: string) => string>>;

/** Toytown in a folder of its own, with some of its files rewritten. */
function givenToytown(edits: Edits): string {
  const above = mkdtempSync(join(tmpdir(), 'greenlane-city-'));
  folders.push(above);
  const folder = join(above, 'toytown');
  cpSync(TOYTOWN, folder, { recursive: true });
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(folder, file);
    writeFileSync(path, edit((CITY_FILES as readonly string[]).includes(file) ? readFileSync(path, 'utf8') : ''));
  }
  return folder;
}

function problemsOf(folder: string): readonly CityProblem[] {
  const loaded = loadCity(folder);
  return 'problems' in loaded ? loaded.problems : [];
}

/** Replaces exactly one place, so that a test can't silently break nothing. */
const swap = (from: string, to: string) => (text: string): string => {
  expect(text.split(from).length, `"${from}" occurs once`).toBe(2);
  return text.replace(from, to);
};
const append = (line: string) => (text: string): string => `${text.trimEnd()}\n${line}\n`;
const lineOf = (file: CityFile, part: string): number =>
  readFileSync(join(TOYTOWN, file), 'utf8').split('\n').findIndex((line) => line.includes(part)) + 1;
const linesOf = (file: CityFile): number => readFileSync(join(TOYTOWN, file), 'utf8').trimEnd().split('\n').length;

describe('a city that is in order', () => {
  it('is loaded with everything its files say', () => {
    const loaded = loadCity(TOYTOWN);
    if ('problems' in loaded) throw new Error(formatProblems(loaded.problems));
    const { city } = loaded;
    expect(city.id).toBe('toytown');
    expect([city.districts.size, city.towns.size, city.institutions.size, city.stations.size, city.units.size, city.cars.size])
      .toEqual([2, 4, 4, 2, 3, 4]);
    expect(city.towns.get('990101100')).toMatchObject({ name: { zh: '果园镇', en: 'Orchard Town' }, district: '990101' });
    expect(city.compounds.get('T-C02')).toMatchObject({
      name: { zh: '河畔玫瑰园' }, also: ['玫瑰园'], town: '990101001', gate: { role: 'property', phone: '0371-55501002' }, synthetic: true,
    });
    expect(city.compounds.get('T-C02')!.defibrillator).toEqual(city.compounds.get('T-C02')!.gate!.place);
    expect(city.phones.emergency).toEqual({ number: '120' });
    expect(city.phones.medicalLine.synthetic).toBe(true);
  });

  it('carries what is assumed and what is approximate to whoever shows it', () => {
    const { city } = loadCity(TOYTOWN) as { city: City };
    const healthCentre = city.institutions.get('T-H3')!;
    expect(healthCentre).toMatchObject({ approximate: true, district: '990101', place: { lon: 113.7, lat: 34.72 } });
    expect(healthCentre.services.get('pharmacy')).toEqual({ service: 'pharmacy', seatsPerSlot: 6, synthetic: true });
    expect(healthCentre.medicalLine).toEqual({ number: '0371-55500003', synthetic: true });
    expect([city.stations.get('T-S1')!.synthetic, city.cars.get('T-V1')!.synthetic, city.counterparts[0]!.synthetic]).toEqual([true, true, true]);
    expect(city.institutions.get('T-H1')!.approximate).toBeUndefined();
  });

  it('lets one row be real in a file of assumptions', () => {
    const folder = givenToytown({
      'institutions.yaml': swap('code: T-H3,', 'code: T-H3, synthetic: [medicalLine],'),
      'fleets.yaml': swap('id: T-V1,', 'id: T-V1, synthetic: false,'),
    });
    const { city } = loadCity(folder) as { city: City };
    expect(city.institutions.get('T-H3')!.services.get('pharmacy')!.synthetic).toBeUndefined();
    expect(city.institutions.get('T-H3')!.medicalLine!.synthetic).toBe(true);
    expect([city.cars.get('T-V1')!.synthetic, city.cars.get('T-V2')!.synthetic]).toEqual([undefined, true]);
  });

  it('has a version that changes with its content and with nothing else', () => {
    const version = (edits: Edits): string => (loadCity(givenToytown(edits)) as { city: { version: string } }).city.version;
    expect(version({})).toBe(version({}));
    expect(version({ 'areas.yaml': append('# a remark') })).not.toBe(version({}));
  });

  it('may do without a status file, and then nothing is closed', () => {
    const folder = givenToytown({});
    rmSync(join(folder, 'status.yaml'));
    expect(loadCity(folder)).toMatchObject({ city: { closures: [] } });
  });

  it('reads 24:00 as the next day\'s 00:00 in an opening closure', () => {
    const folder = givenToytown({ 'status.yaml': () => closure() });
    expect(loadCity(folder)).toMatchObject({ city: { closures: [{ until: Date.parse('2022-11-27T00:00:00+08:00'), standIn: 'T-H2' }] } });
  });
});

const twoClosures = (first: Record<string, string>, second: Record<string, string>): string => closure(first) + closure(second).split('\n')[1];

describe('closures of one service at different times', () => {
  it('are both kept, and each holds in its own period', () => {
    // Given a unit that is closed on two days with a day between
    const folder = givenToytown({ 'status.yaml': () => twoClosures({ until: '2022-11-25 24:00' }, { since: '2022-11-27 00:00', until: '2022-11-27 24:00' }) });
    const { city } = loadCity(folder) as { city: City };
    // When it is asked on each of the days
    const stateOn = (day: string, status = initialStatus(city)): string => statusOf(status, 'T-H1', 'haemodialysis', parseInstant(`${day} 12:00`)!).state;
    // Then it is closed, open, closed
    expect(['2022-11-25', '2022-11-26', '2022-11-27'].map((day) => stateOn(day))).toEqual(['closed', 'open', 'closed']);
    // And what the ward reports of one day leaves the other as planned
    const since = parseInstant('2022-11-25 08:00')!;
    const lifted = withStatus(initialStatus(city), {
      institution: 'T-H1', service: 'haemodialysis', state: 'open', since, until: parseInstant('2022-11-26 00:00')!, reportedBy: 'ward', reportedAt: since,
    });
    expect(['2022-11-25', '2022-11-27'].map((day) => stateOn(day, lifted))).toEqual(['open', 'closed']);
  });

  it('may stand in for each other one after the other', () => {
    const edits = { 'status.yaml': () => twoClosures({}, { institution: 'T-H2', standIn: 'T-H1', since: '2022-11-27 00:00', until: '2022-11-27 24:00' }) };
    expect(problemsOf(givenToytown(edits))).toEqual([]);
  });
});

const closure = (fields: Record<string, string> = {}): string => {
  const all = {
    institution: 'T-H1', service: 'haemodialysis', state: 'closed', since: '2022-11-25 00:00', until: '2022-11-26 24:00',
    reason: 'disinfection', standIn: 'T-H2', reportedBy: 'ward', ...fields,
  };
  const said = Object.entries(all).filter(([, value]) => value !== '').map(([field, value]) => `${field}: ${value}`);
  return `closures:\n  - { ${said.join(', ')} }\n`;
};

describe('a mistake in a city file is named with file, line, field and what to do', () => {
  const areas = (part: string): number => lineOf('areas.yaml', part);
  const rows: readonly [name: string, edits: Edits, expected: Partial<CityProblem>, reason: RegExp][] = [
    ['an unknown key', { 'areas.yaml': swap('code: 990101002,', 'code: 990101002, postcode: 450000,') },
      { file: 'areas.yaml', line: areas('990101002'), field: 'postcode', code: 'unknownKey' }, /remove it or use one of/],
    ['a missing field', { 'areas.yaml': swap('zh: 果园镇, ', '') },
      { file: 'areas.yaml', line: areas('Orchard'), field: 'zh', code: 'missing' }, /add it/],
    ['a word where a number belongs', { 'areas.yaml': swap('lon: 113.700', 'lon: east') },
      { file: 'areas.yaml', line: areas('Orchard'), field: 'lon', code: 'wrongType' }, /must be a number, not "east"/],
    ['a field given twice', { 'areas.yaml': swap('lon: 113.700', 'lon: 113.700, lon: 113.701') },
      { file: 'areas.yaml', line: areas('Orchard'), field: 'lon', code: 'duplicate' }, /keep one/],
    ['a district code used twice', { 'areas.yaml': swap('{ code: 990102,', '{ code: 990101,') },
      { file: 'areas.yaml', line: areas('West District'), field: 'code', code: 'duplicate' }, /already used on line 3/],
    ['a town code used twice', { 'areas.yaml': swap('code: 990101002', 'code: 990101001') },
      { file: 'areas.yaml', line: areas('Bridgehead'), field: 'code', code: 'duplicate' }, /already used on line/],
    ['an institution code used twice', { 'institutions.yaml': swap('code: T-H2', 'code: T-H1') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'T-H2'), field: 'code', code: 'duplicate' }, /already used/],
    ['a station code used twice', { 'fleets.yaml': swap('code: T-S2', 'code: T-S1') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'T-S2,'), field: 'code', code: 'duplicate' }, /already used/],
    ['a unit used twice', { 'fleets.yaml': swap('id: T-A2', 'id: T-A1') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'T-A2'), field: 'id', code: 'duplicate' }, /already used/],
    ['a car used twice', { 'fleets.yaml': swap('id: T-V2', 'id: T-V1') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'T-V2'), field: 'id', code: 'duplicate' }, /already used/],
    ['a town outside the city', { 'areas.yaml': swap('lon: 113.700', 'lon: 121.473') },
      { file: 'areas.yaml', line: areas('Orchard'), field: 'lon', code: 'outsideBounds' }, /outside the city's bounds/],
    ['a town west of it', { 'areas.yaml': swap('lon: 113.700', 'lon: 113.4') }, { line: areas('Orchard'), code: 'outsideBounds' }, /113\.4/],
    ['a town north of it', { 'areas.yaml': swap('lat: 34.720', 'lat: 34.9') }, { line: areas('Orchard'), code: 'outsideBounds' }, /34\.9/],
    ['a town south of it', { 'areas.yaml': swap('lat: 34.720', 'lat: 34.5') }, { line: areas('Orchard'), code: 'outsideBounds' }, /34\.5/],
    ['a latitude beyond the pole', { 'institutions.yaml': swap('lat: 34.763', 'lat: 134.763') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'T-H2'), field: 'lat', code: 'outOfRange' }, /between -90 and 90/],
    ['bounds the wrong way round', { 'city.yaml': swap('west: 113.50', 'west: 114.50') },
      { file: 'city.yaml', line: lineOf('city.yaml', 'bounds'), field: 'bounds', code: 'outOfRange' }, /west of east/],
    ['an unknown service', { 'institutions.yaml': swap('services: { generalOutpatient: 4, cloudClinic', 'services: { dentistry: 4, cloudClinic') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', '55500003'), field: 'dentistry', code: 'unknownValue' }, /use one of emergency/],
    ['an unknown level', { 'institutions.yaml': swap('level: primary', 'level: village') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'T-H3'), field: 'level', code: 'unknownValue' }, /tertiary, secondary, primary/],
    ['an unknown ownership', { 'institutions.yaml': swap("Health Centre, level: primary, ownership: public", 'Health Centre, level: primary, ownership: parish') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'T-H3'), field: 'ownership', code: 'unknownValue' }, /public, private, military/],
    ['seats below one', { 'institutions.yaml': swap('haemodialysis: 10', 'haemodialysis: 0') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'haemodialysis: 10'), field: 'haemodialysis', code: 'outOfRange' }, /between 1 and/],
    ['children in a service that is not run', { 'institutions.yaml': swap('children: [emergency],', 'children: [emergency, chemotherapy],') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', '55500004'), field: 'children', code: 'cannotServe' }, /"chemotherapy"/],
    ['a town of an unknown district', { 'areas.yaml': swap('district: 990102,', 'district: 990109,') },
      { file: 'areas.yaml', line: areas('Foothill'), field: 'district', code: 'unknownReference' }, /there is no "990109"/],
    ['an institution in an unknown town', { 'institutions.yaml': swap('town: 990101100', 'town: 990101999') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'T-H3'), field: 'town', code: 'unknownReference' }, /no "990101999"/],
    ['a unit at an unknown station', { 'fleets.yaml': swap('id: T-A3, station: T-S2', 'id: T-A3, station: T-S9') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'T-A3'), field: 'station', code: 'unknownReference' }, /no "T-S9"/],
    ['a car of an unknown town', { 'fleets.yaml': swap('town: 990101100', 'town: 990101777') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'T-V3'), field: 'town', code: 'unknownReference' }, /no "990101777"/],
    ['a counterpart that does not exist', { 'counterparts.yaml': swap('institutions: [T-H4, T-H1]', 'institutions: [T-H7, T-H1]') },
      { file: 'counterparts.yaml', line: lineOf('counterparts.yaml', '[T-H4, T-H1]'), field: 'institutions', code: 'unknownReference' }, /no "T-H7"/],
    ['a town without any counterpart', { 'counterparts.yaml': swap('  - { towns: [990102001], institutions: [T-H4, T-H1] }\n', '') },
      { file: 'areas.yaml', line: areas('Foothill'), field: 'code', code: 'noEmergencyCounterpart' }, /990102001 has no counterpart/],
    ['a town whose counterparts run no emergency care', { 'counterparts.yaml': swap('[T-H3, T-H1]', '[T-H3]') },
      { file: 'areas.yaml', line: areas('Orchard'), field: 'code', code: 'noEmergencyCounterpart' }, /990101100/],
    ['a town whose emergency counterpart ends before another begins', {
      'counterparts.yaml': swap('[990102001], institutions: [T-H4, T-H1]', '[990102001], institutions: [T-H4], from: 2022-11-25 00:00, to: 2022-11-29 24:00') },
      { file: 'areas.yaml', line: areas('Foothill'), field: 'code', code: 'noEmergencyCounterpart' }, /from 2022-11-30T00:00:00\+08:00 on/],
    ['a town with nobody named for dialysis', { 'counterparts.yaml': swap('[990102001], institutions: [T-H4, T-H1]', '[990102001], institutions: [T-H4]') },
      { file: 'areas.yaml', line: areas('Foothill'), field: 'code', code: 'capabilityHole' }, /990102001 has no counterpart that gives haemodialysis/],
    ['a counterpart that does not run what it is named for', { 'counterparts.yaml': swap('service: feverClinic, institutions: [T-H2]', 'service: feverClinic, institutions: [T-H3]') },
      { file: 'counterparts.yaml', line: lineOf('counterparts.yaml', 'feverClinic'), field: 'institutions', code: 'cannotServe' }, /T-H3 does not run feverClinic/],
    ['counterparts whose periods overlap', { 'counterparts.yaml': append('  - { towns: [990102001], institutions: [T-H1], from: 2022-11-25 00:00 }') },
      { file: 'counterparts.yaml', line: linesOf('counterparts.yaml') + 1, field: 'from', code: 'overlappingPeriods' }, /already has counterparts for all services/],
    ['a period without its beginning', { 'counterparts.yaml': append('  - { towns: [990102001], service: pharmacy, institutions: [T-H1], to: 2022-11-25 00:00 }') },
      { file: 'counterparts.yaml', field: 'from', code: 'missing' }, /a period needs its beginning/],
    ['a period that ends before it begins', { 'counterparts.yaml': append('  - { towns: [990102001], service: pharmacy, institutions: [T-H1], from: 2022-11-26 00:00, to: 2022-11-25 24:00 }') },
      { file: 'counterparts.yaml', field: 'to', code: 'periodBackwards' }, /later than "from"/],
    ['a time that is none', { 'status.yaml': () => closure({ until: '2022-13-01 00:00' }) },
      { file: 'status.yaml', line: 2, field: 'until', code: 'wrongType' }, /is not a time/],
    ['a closure without an end', { 'status.yaml': () => closure({ until: '' }) },
      { file: 'status.yaml', line: 2, field: 'until', code: 'closureWithoutEnd' }, /until when/],
    ['a closure without a stand-in', { 'status.yaml': () => closure({ standIn: '' }) },
      { file: 'status.yaml', line: 2, field: 'standIn', code: 'closureWithoutStandIn' }, /who takes its patients/],
    ['a stand-in that does not run the service', { 'status.yaml': () => closure({ standIn: 'T-H3' }) },
      { file: 'status.yaml', line: 2, field: 'standIn', code: 'standInCannot' }, /T-H3 cannot take the patients/],
    ['a closure of what is not run', { 'status.yaml': () => closure({ institution: 'T-H3' }) },
      { file: 'status.yaml', line: 2, field: 'service', code: 'cannotServe' }, /nothing to close/],
    ['two statuses of one service at one time', { 'status.yaml': () => closure() + closure({ since: '2022-11-26 23:59', until: '2022-11-27 12:00' }).split('\n')[1] },
      { file: 'status.yaml', line: 3, field: 'since', code: 'overlappingPeriods' }, /already given on line 2/],
    ['two closures that stand in for each other', { 'status.yaml': () => closure() + closure({ institution: 'T-H2', standIn: 'T-H1', since: '2022-11-26 00:00' }).split('\n')[1] },
      { file: 'status.yaml', line: 2, field: 'standIn', code: 'standInCannot' }, /T-H2 is itself closed for haemodialysis in that time \(line 3\)/],
    ['a city without an ambulance', { 'fleets.yaml': (text) => text.replace(/ {2}- \{ id: T-A.*\n/g, '') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'units:'), field: 'units', code: 'noUnit' }, /no ambulance: add at least one/],
    ['a station without a unit', { 'fleets.yaml': swap('id: T-A3, station: T-S2', 'id: T-A3, station: T-S1') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'code: T-S2'), field: 'code', code: 'noUnit' }, /no unit stands at T-S2/],
    ['a district without a special car', { 'fleets.yaml': (text) => text.replace(/.*id: T-V4.*\n/, '') },
      { file: 'areas.yaml', line: areas('West District'), field: 'code', code: 'noCar' }, /no special car in 990102 for its towns 990102001/],
    ['a city without any car', { 'fleets.yaml': (text) => text.replace(/cars:[^]*/, 'cars: []\n') },
      { file: 'areas.yaml', line: areas('East District'), field: 'code', code: 'noCar' }, /990101001, 990101002, 990101100/],
    ['a service without anybody for children', { 'institutions.yaml': (text) => text.replace(/(children: \[.*?), radiotherapy/g, '$1') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', '55500001'), field: 'children', code: 'nobodySees' }, /no institution sees children in radiotherapy/],
    ['a service without anybody for adults', { 'institutions.yaml': (text) => swap('code: T-H1,', 'code: T-H1, childrenOnly: true,')(text).replace('code: T-H2,', 'code: T-H2, childrenOnly: true,') },
      { file: 'institutions.yaml', line: lineOf('institutions.yaml', 'expert: 4'), field: 'services', code: 'nobodySees' }, /no institution sees adults in expert/],
    ['an id that is no plain name', { 'city.yaml': swap('id: toytown', 'id: Toy Town!') },
      { file: 'city.yaml', line: 2, field: 'id', code: 'wrongType' }, /use a-z, 0-9/],
    ['an id that is not the name of its folder', { 'city.yaml': swap('id: toytown', 'id: teatown') },
      { file: 'city.yaml', line: 2, field: 'id', code: 'idNotFolder' }, /lies in the folder "toytown"/],
    ['a compound in no town', { 'compounds.yaml': (text) => text.replace('town: 990101001', 'town: 990199001') },
      { file: 'compounds.yaml', line: lineOf('compounds.yaml', 'T-C01'), field: 'town', code: 'unknownReference' }, /there is no "990199001"/],
    ['a gate that is far from its compound', { 'compounds.yaml': (text) => text.replace('gate: { lon: 113.65', 'gate: { lon: 113.75') },
      { file: 'compounds.yaml', line: lineOf('compounds.yaml', 'T-C01') + 1, field: 'lon', code: 'outOfRange' }, /the gate lies \d+ m from its compound/],
    ['a gate that nobody can call', { 'compounds.yaml': (text) => text.replace(', phone: 0371-55501001', '') },
      { file: 'compounds.yaml', line: lineOf('compounds.yaml', 'T-C01') + 1, field: 'phone', code: 'missing' }, /"phone" is missing/],
    ['a defibrillator in another city', { 'compounds.yaml': (text) => text.replace('defibrillator: true', 'defibrillatorAt: { lon: 121.4, lat: 31.2 }') },
      { file: 'compounds.yaml', line: lineOf('compounds.yaml', 'T-C01'), field: 'lon', code: 'outsideBounds' }, /lies outside/],
    ['text that is not YAML', { 'fleets.yaml': swap('{ id: T-A2,', '{ id: T-A2 ],') },
      { file: 'fleets.yaml', line: lineOf('fleets.yaml', 'T-A2'), code: 'malformed' }, /check quotes, brackets and indentation/],
    ['an empty file', { 'counterparts.yaml': () => '' }, { file: 'counterparts.yaml', line: 1, code: 'fileEmpty' }, /the file is empty/],
    ['a giant file', { 'areas.yaml': (text) => text + '#'.repeat(1_000_001) }, { file: 'areas.yaml', line: 1, code: 'fileTooLarge' }, /is it the right file/],
    ['a file under a mistyped name', { 'aeras.yaml': () => 'towns: []' }, { file: 'aeras.yaml', line: 1, code: 'unknownFile' }, /rename it/],
  ];

  it.each(rows)('%s', (_, edits, expected, reason) => {
    // When the city is loaded
    const problems = problemsOf(givenToytown(edits));
    // Then this problem is among those reported (a mistake may well cause a second one)
    const found = problems.filter((problem) => problem.code === expected.code);
    expect(found, formatProblems(problems)).toContainEqual(expect.objectContaining({ ...expected, message: expect.stringMatching(reason) }));
  });

  it('a missing file', () => {
    const folder = givenToytown({});
    rmSync(join(folder, 'fleets.yaml'));
    expect(problemsOf(folder)).toEqual([expect.objectContaining({ file: 'fleets.yaml', code: 'fileMissing' })]);
  });

  it('a folder that is not there', () => {
    expect(problemsOf(join(TOYTOWN, 'nowhere'))).toEqual([expect.objectContaining({ code: 'fileMissing' })]);
  });

  it('bytes that are not text', () => {
    const folder = givenToytown({});
    writeFileSync(join(folder, 'status.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    expect(problemsOf(folder)).toEqual([expect.objectContaining({ file: 'status.yaml', code: 'fileUnreadable' })]);
  });
});

describe('all mistakes are reported at once', () => {
  const folder = (): string => givenToytown({
    'city.yaml': swap('number: 120', 'number: one-two-zero'),
    'areas.yaml': swap('lon: 113.700', 'lon: 121.473'),
    'institutions.yaml': swap('level: primary', 'level: village'),
    'fleets.yaml': swap('id: T-A3, station: T-S2', 'id: T-A3, station: T-S9'),
    'counterparts.yaml': swap('service: feverClinic, institutions: [T-H2]', 'service: feverClinic, institutions: [T-H3]'),
    'status.yaml': () => closure({ until: '', standIn: '' }),
  });

  it('across all files, in reading order', () => {
    const problems = problemsOf(folder());
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'areas.yaml outsideBounds', 'city.yaml wrongType', 'counterparts.yaml cannotServe', 'fleets.yaml unknownReference',
      'institutions.yaml unknownValue', 'status.yaml closureWithoutEnd', 'status.yaml closureWithoutStandIn',
    ]);
  });

  it('and read as a report with one line each', () => {
    const report = formatProblems(problemsOf(folder()));
    expect(report.split('\n')).toHaveLength(9);
    expect(report).toMatch(/^areas\.yaml:8 +lon: 121\.473, 34\.72 lies outside/);
    expect(report).toMatch(/7 problems; the city is not used until none is left\.\n$/);
  });

  it('except the thousandth of a file that is simply the wrong one', () => {
    const problems = problemsOf(givenToytown({ 'areas.yaml': () => `towns:\n${'  - { code: 1 }\n'.repeat(5_000)}` }));
    const ofAreas = problems.filter(({ file }) => file === 'areas.yaml');
    expect(ofAreas).toHaveLength(201);
    expect(ofAreas.at(-1)).toMatchObject({ code: 'tooManyProblems' });
  });
});

describe('whatever the files contain, loading answers and never throws', () => {
  const texts = new Map(CITY_FILES.map((file) => [file, readFileSync(join(TOYTOWN, file), 'utf8')]));
  const isAnswer = (files: ReadonlyMap<CityFile, string>): boolean => {
    const read = readCity(files, 'test');
    return 'city' in read || (read.problems.length > 0 && read.problems.every(({ line, message }) => line >= 1 && message !== ''));
  };

  it('a file cut off anywhere', () => {
    fc.assert(fc.property(fc.constantFrom(...CITY_FILES), fc.double({ min: 0, max: 1, noNaN: true }), (file, share) => {
      const text = texts.get(file)!;
      return isAnswer(new Map(texts).set(file, text.slice(0, Math.floor(text.length * share))));
    }), { numRuns: 200 });
  });

  it('a file with a stretch of it garbled', () => {
    fc.assert(fc.property(
      fc.constantFrom(...CITY_FILES), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12),
      fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('{', '}', '[', ']', ': ', '- ', '&a ', '*a', '"', "'", '|', '!!set ', '\t', '---\n', '? ', '<<: ')),
      (file, share, length, noise) => {
        const text = texts.get(file)!;
        const start = Math.floor(text.length * share);
        return isAnswer(new Map(texts).set(file, text.slice(0, start) + noise + text.slice(start + length)));
      },
    ), { numRuns: 400 });
  });

  it('brackets nested without end', () => {
    expect(isAnswer(new Map(texts).set('areas.yaml', '['.repeat(20_000)))).toBe(true);
  });
});
