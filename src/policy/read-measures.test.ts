import { describe, expect, it } from 'vitest';
import { readPolicy, readStandingRules } from './index.ts';
import type { CaseMeasure, GroundMeasure, Measure } from './index.ts';

const HEAD = `id: a
version: '1'
city: toytown
title: { zh: 甲, en: A }
source: test
period: { from: '2022-11-25 00:00' }
districts: [{ code: '990101', name: East }]
sentences: 1
measures:
`;
const A1 = `  - id: A-1
    clause: '1: said so'
    text: { zh: 甲, en: A }
    rooms: [passes]
    when: { need: [visits] }
    then: { release: true }
`;
const problemsIn = (text: string): readonly { readonly line: number; readonly column: number; readonly code: string; readonly message: { readonly en: string } }[] => {
  const read = readPolicy('a.yaml', text);
  return 'problems' in read ? read.problems : [];
};
const places = (text: string): string => problemsIn(text).map(({ line, column, code }) => `${line}:${column} ${code}`).join();
const changed = (from: string, to: string): string => places(HEAD + A1.replace(from, to));
/** The measure with other words after `rooms:`; what follows begins at line 13. */
const saying = (rest: string): string => HEAD + A1.slice(0, A1.indexOf('    rooms:')) + rest;

describe('a measure as it is written', () => {
  it('given a good one, then nothing is reported', () => expect(places(HEAD + A1)).toBe(''));
  it.each([
    ['no clause', "    clause: '1: said so'\n", '', '10:5 missing'],
    ['a fact nobody has', '{ need: [visits] }', '{ zone: [red] }', '14:13 unknownKey'],
    ['a period that is not its own', '{ need: [visits] }', '{ period: [before] }', '14:13 unknownKey'],
    ['a value nobody has', '[visits]', '[fevr]', '14:20 unknownValue'],
    ['a value that is no list', '[visits]', 'visits', '14:19 type'],
    ['an empty when', '{ need: [visits] }', '{}', '14:11 empty'],
    ['a when without lines', '{ need: [visits] }', '[]', '14:11 empty'],
    ['a word for refusing', 'release: true', 'refuse: true', '15:13 unknownKey'],
    ['a pathway that refuses', 'release: true', 'pathway: refuse', '15:22 unknownValue'],
    ['a wait without end', 'release: true', 'links: { slot: { within: never } }', '15:38 duration'],
    ['a wait of a month', 'release: true', 'links: { slot: { within: 30 d } }', '15:38 duration'],
    ['no wait at all', 'release: true', 'links: { slot: { within: 0 s } }', '15:38 duration'],
    ['nothing that follows', '{ release: true }', '{}', '15:11 empty'],
    ['no then', '    then: { release: true }\n', '', '10:5 missing'],
    ['a service without its venue', 'release: true', 'service: expert', '15:11 service'],
    ['a reason in one language', '{ zh: 甲, en: A }', '{ zh: 甲 }', '12:11 missing'],
    ['no room', '    rooms: [passes]\n', '', '10:5 rooms'],
    ['the wrong room', '[passes]', '[trips]', '13:12 rooms'],
    ['a room too many', '[passes]', '[passes, trips]', '13:12 rooms'],
    ['a room nobody has', '[passes]', '[kitchen]', '13:13 unknownValue'],
    ['a step that says nothing', 'release: true', 'links: { slot: {} }', '15:28 empty'],
    ['an owner who cannot do the step', 'release: true', 'links: { sendUnit: { owner: resident } }', '15:41 unknownValue'],
    ['over a measure that is not there', 'rooms: [passes]', 'rooms: [passes]\n    over: [A-7]', '14:12 unknownMeasure'],
    ['over itself', 'rooms: [passes]', 'rooms: [passes]\n    over: [A-1]', '14:12 unknownMeasure'],
  ])('given %s, then it is named with line and column', (_what, from, to, problem) => {
    expect(changed(from, to)).toBe(problem);
  });
  it('given an owner who cannot do the step, then those who can are named', () => {
    const [problem] = problemsIn(HEAD + A1.replace('release: true', 'links: { release: { owner: resident } }'));
    expect(problem!.message.en).toBe('"resident" is no owner of release; write one of committee, district');
  });
  it('given the wrong room, then the right ones are written out', () => {
    expect(problemsIn(HEAD + A1.replace('[passes]', '[trips]'))[0]!.message.en).toContain('write [passes]');
    expect(problemsIn(HEAD + A1.replace('    rooms: [passes]\n', ''))[0]!.message.en).toContain('rooms: [passes]');
  });
  it('given two of one name, then the second is named; in the standing rules across both lists', () => {
    expect(places(HEAD + A1 + A1)).toBe('16:9 duplicate');
    const rules = readStandingRules('s.yaml', `version: '1'\nlaw:\n${A1}ordinary:\n${A1}`);
    expect('problems' in rules && rules.problems.map(({ line, code }) => `${line} ${code}`)).toEqual(['10 duplicate']);
  });
  it('given measures it stands over, then they are kept in their order', () => {
    const read = readPolicy('a.yaml', HEAD + A1.replace('rooms: [passes]', 'rooms: [passes]\n    over: [A-2]') + A1.replace('A-1', 'A-2'));
    expect('value' in read && read.value.measures.map(({ over }) => over)).toEqual([['A-2'], undefined]);
  });
  it('given more measures than anybody can review, then it is said once, and nothing else is read of them', () => {
    const many = Array.from({ length: 301 }, (_, index) => A1.replace('A-1', `A-${index}`)).join('');
    expect(problemsIn(HEAD + many).map(({ code }) => code)).toEqual(['tooMany']);
  });
});

describe('what stands in, as it is written', () => {
  const otherwise = (words: string, rooms = 'requests'): string => saying(`    rooms: [${rooms}]\n    then: { otherwise: ${words} }\n`);
  it.each([
    ['a venue for a venue', '{ feverClinic: emergencyDepartment }', 'requests', ''],
    ['an ambulance for a car', '{ specialCar: ambulance }', 'dispatch', ''],
    ['both', '{ feverClinic: emergencyDepartment, specialCar: ambulance }', 'requests, dispatch', ''],
    ['a venue for a car', '{ specialCar: feverClinic }', 'requests', '14:38 unknownValue'],
    ['a walk for a car: whoever was to be driven is not told to walk', '{ specialCar: own }', 'requests', '14:38 unknownValue'],
    ['a way out for the cloud clinic', '{ cloudClinic: outpatientClinic }', 'requests', '14:26 unknownKey'],
    ['itself', '{ feverClinic: feverClinic }', 'requests', '14:39 circle'],
    ['a circle of three', '{ feverClinic: outpatientClinic, outpatientClinic: expertClinic, expertClinic: feverClinic }', 'requests', '14:39 circle'],
  ])('given %s, then %s', (_what, words, rooms, problem) => {
    expect(places(otherwise(words, rooms))).toBe(problem);
  });
  it('given a circle, then the whole way round is told', () => {
    expect(problemsIn(otherwise('{ feverClinic: outpatientClinic, outpatientClinic: feverClinic }'))[0]!.message.en)
      .toContain('feverClinic → outpatientClinic → feverClinic');
  });
});

describe('grounds that may never block', () => {
  it.each([
    ['a test', '{ test: [none] }', '{ pathway: remote }', 'requests', '15:22 neverBlock'],
    ['a code', '{ patientKind: [nonGreenSpecial] }', '{ byAppointment: true }', 'appointments', '15:28 neverBlock'],
    ['an area', '{ patientKind: [highRiskArea] }', '{ testRequired: true }', 'reception', '15:27 neverBlock'],
    ['a positive antigen', '{ need: [medicineRefill], test: [positiveAntigen] }', '{ dispense: false }', 'clinic', '15:23 neverBlock'],
    ['a test in one of two lines', '[{ need: [visits] }, { test: [none] }]', '{ guardianPresent: true }', 'clinic', '15:30 neverBlock'],
    ['a deadline by code', '{ patientKind: [restricted] }', '{ links: { treat: { owner: ward, within: 6 h } } }', 'reception', '15:52 neverBlock'],
    ['a test, for a place on a screen', '{ test: [positive] }', '{ venue: cloudClinic, transport: none, entry: none }', 'requests, reception, clinic', '15:20 neverBlock,15:44 neverBlock,15:57 neverBlock'],
    ['a code and a test, for two things at once', '{ patientKind: [free], test: [valid] }', '{ pathway: visit, controlledDrugsInPerson: true }', 'requests, clinic', '15:22 neverBlock,15:54 neverBlock'],
    ['where and how', '{ patientKind: [restricted], test: [notValid] }',
      '{ venue: feverClinic, choice: nearest, transport: specialCar, wayBack: specialCar, closedLoop: true, entry: bufferZone, greenChannel: true, release: true, otherwise: { specialCar: ambulance }, links: { deliver: { owner: committee } } }',
      'requests, dispatch, trips, passes, reception, clinic', ''],
  ])('given %s, then it may choose where and how, never whether or how soon', (_what, when, then, rooms, problem) => {
    expect(places(saying(`    rooms: [${rooms}]\n    when: ${when}\n    then: ${then}\n`))).toBe(problem);
  });
  it('the problem says which fact, which word, and what to do', () => {
    const [problem] = problemsIn(saying('    rooms: [requests]\n    when: { test: [none] }\n    then: { pathway: remote }\n'));
    expect(problem!.message.en).toContain('"A-1" asks for test, which may choose where and how, never whether or how soon; take pathway out');
  });
  it('the compiler refuses what the reader refuses', () => {
    const clause = { id: 'A', clause: '1: a', text: { zh: '甲', en: 'A' }, line: 1 };
    const open: CaseMeasure = { ...clause, when: [{ need: ['fever'] }], then: { pathway: 'visit', links: { slot: { dueSeconds: { III: 60 } } } } };
    const ground: GroundMeasure = { ...clause, when: [{ test: ['none'] }], then: { entry: 'bufferZone', links: { slot: { owner: 'ward' } } } };
    // @ts-expect-error a test never decides on the pathway
    const pathway: Measure = { ...clause, when: [{ test: ['none'] }], then: { pathway: 'remote' } };
    // @ts-expect-error nor does the colour of a code decide how soon
    const deadline: Measure = { ...clause, when: [{ patientKind: ['greenCode'] }], then: { links: { slot: { dueSeconds: { III: 60 } } } } };
    // @ts-expect-error nor whether a slot is needed, also not beside what it may choose
    const slot: Measure = { ...clause, when: [{ test: ['none'], need: ['fever'] }], then: { entry: 'bufferZone', byAppointment: true } };
    // @ts-expect-error nor that somebody is to be seen on a screen and to go nowhere
    const nowhere: Measure = { ...clause, when: [{ test: ['positive'] }], then: { venue: 'cloudClinic', transport: 'none' } };
    expect([open, ground, pathway, deadline, slot, nowhere]).toHaveLength(6);
  });
});
