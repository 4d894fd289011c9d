import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  divert, evolveMission, joinCall, keepApart, MISSION_STEPS, missionRuns, NEMSIS_ETIMES, nextSteps, recommend, reportMission, sendUnit, standDown, waitsSince,
  type FreeUnit, type Mission, type MissionStep,
} from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const unit = (id: string, etaSeconds: number, equipment: FreeUnit['equipment'] = 'advanced'): FreeUnit => ({ unit: id, etaSeconds, equipment, negativePressure: false });
const asked: Mission = { id: 'M1', acuity: 'I', town: 'T1', askedAt: NOW, times: {} };
const sent: Mission = { ...asked, unit: 'U1', etaSeconds: 300, times: { sent: NOW } };
const after = (...steps: MissionStep[]): Mission =>
  steps.reduce<Mission>((mission, step) => evolveMission(mission, { type: 'MissionReported', mission: 'M1', unit: 'U1', step }, NOW)!, sent);
const codeOf = (answer: ReturnType<typeof sendUnit>): string => (answer.ok ? answer.value.type : answer.refusal.code);
const LATER = NOW + 600_000;

describe('which unit goes', () => {
  it('given two of the same equipment, then the nearer one', () => {
    expect(recommend([unit('U2', 400), unit('U1', 300)], 'I').map((each) => each.unit)).toEqual(['U1', 'U2']);
  });

  it('given level I and a basic unit up to five minutes nearer, then the advanced one; any nearer, then the basic one', () => {
    expect(recommend([unit('basic', 100, 'basic'), unit('advanced', 399)], 'I')[0]!.unit).toBe('advanced');
    expect(recommend([unit('basic', 100, 'basic'), unit('advanced', 401)], 'I')[0]!.unit).toBe('basic');
  });

  it('given less than level I, then equipment costs nobody a minute', () => {
    expect(recommend([unit('basic', 100, 'basic'), unit('advanced', 101)], 'II')[0]!.unit).toBe('basic');
  });

  it('given every road from the nearest is closed, then the next goes; the dispatcher may still name it, and it goes when there is no other', () => {
    const stopped: FreeUnit = { ...unit('stopped', 60), noWayOpen: true };
    expect(recommend([stopped, unit('basic', 900, 'basic')], 'I').map((each) => each.unit)).toEqual(['basic', 'stopped']);
    expect(sendUnit(asked, [stopped, unit('U2', 900)], 'stopped')).toMatchObject({ ok: true, value: { unit: 'stopped' } });
    expect(sendUnit(asked, [stopped], undefined)).toMatchObject({ ok: true, value: { unit: 'stopped' } });
  });

  it('recommends everybody who is free, whatever the order they are named in', () => {
    const fleet = fc.uniqueArray(fc.record({ unit: fc.string({ minLength: 1, maxLength: 3 }), etaSeconds: fc.nat(3_600), equipment: fc.constantFrom('advanced' as const, 'basic' as const), negativePressure: fc.boolean() }), { selector: (each) => each.unit });
    fc.assert(fc.property(fleet, (units) => {
      const first = recommend(units, 'I');
      expect(first).toHaveLength(units.length);
      expect(recommend([...units].reverse(), 'I')).toEqual(first);
      for (const [index, each] of first.entries()) {
        const next = first[index + 1];
        if (next?.equipment === each.equipment) expect(each.etaSeconds).toBeLessThanOrEqual(next.etaSeconds);
      }
    }));
  });
});

describe('a unit is sent', () => {
  it('given the dispatcher names a free one, then that one; without a name the recommended one', () => {
    expect(sendUnit(asked, [unit('U1', 100), unit('U2', 900)], 'U2')).toMatchObject({ ok: true, value: { unit: 'U2', etaSeconds: 900 } });
    expect(sendUnit(asked, [unit('U2', 900), unit('U1', 100)], undefined)).toMatchObject({ ok: true, value: { unit: 'U1' } });
  });

  it('given it cannot be, then it says which of the reasons it is', () => {
    expect(codeOf(sendUnit(undefined, [unit('U1', 1)], undefined))).toBe('noUnitAsked');
    expect(codeOf(sendUnit(sent, [unit('U2', 1)], undefined))).toBe('unitAlreadySent');
    expect(codeOf(sendUnit(asked, [unit('U1', 1)], 'U9'))).toBe('unitTaken');
    expect(codeOf(sendUnit(asked, [], undefined))).toBe('noUnitFree');
  });

  it('given the first was stood down, then another can be sent', () => {
    expect(codeOf(sendUnit({ ...sent, stoodDown: true }, [unit('U2', 1)], undefined))).toBe('UnitSent');
  });
});

describe('the crew reports', () => {
  it('given a press was forgotten, then the next one is taken, and the forgotten one comes too late', () => {
    expect(codeOf(reportMission(sent, 'atPatient'))).toBe('MissionReported');
    expect(codeOf(reportMission(after('atPatient'), 'enRoute'))).toBe('stepBackwards');
    expect(codeOf(reportMission(after('atPatient'), 'atPatient'))).toBe('alreadyReported');
  });

  it('given nobody was handed over, then the unit is not in service again: its patient would be nobody\'s', () => {
    expect(codeOf(reportMission(after('aboard'), 'inService'))).toBe('patientStillAboard');
    expect(codeOf(reportMission(after('enRoute'), 'inService'))).toBe('patientStillWaits');
    expect(codeOf(reportMission(after('aboard', 'handedOver'), 'inService'))).toBe('MissionReported');
  });

  it('given presses that could not be sent, then each has the time when it was pressed, never before the one before it, and none from the future', () => {
    const now = LATER;
    const pressed = (at: number, mission: Mission = after('enRoute')) => {
      const answer = reportMission(mission, 'atPatient', { at, now });
      return answer.ok ? evolveMission(mission, answer.value, now)!.times.atPatient : answer.refusal.code;
    };
    expect(pressed(NOW + 60_000)).toBe(NOW + 60_000);
    expect(pressed(NOW - 1)).toBe(NOW);
    expect(pressed(now + 60_000), 'a clock that is a minute ahead').toBe(now);
    expect(pressed(now + 3 * 60_000)).toBe('timeInFuture');
  });

  it('steps never go backwards and a unit is its mission\'s until it is in service', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...MISSION_STEPS), { maxLength: 20 }), (presses) => {
      let mission: Mission = sent;
      let furthest = -1;
      for (const step of presses) {
        const answer = reportMission(mission, step);
        if (!answer.ok) continue;
        expect(MISSION_STEPS.indexOf(step)).toBeGreaterThan(furthest);
        furthest = MISSION_STEPS.indexOf(step);
        mission = evolveMission(mission, answer.value, NOW)!;
      }
      expect(missionRuns(mission)).toBe(mission.times.inService === undefined);
      if (mission.times.inService !== undefined) expect(mission.times.handedOver).toBeDefined();
    }));
  });
});

describe('status times', () => {
  it('given the elements of NEMSIS, then every one from 02 to 17 that applies is written by exactly one time', () => {
    const used = Object.values(NEMSIS_ETIMES).flat();
    expect(used.toSorted()).toEqual(['02', '03', '04', '05', '06', '07', '09', '11', '12', '13', '14', '15', '16', '17'].map((element) => `eTimes.${element}`));
  });

  it('given a locked compound, then the gate is offered on the way and holds nobody up', () => {
    const locked = { gate: true, decontamination: true };
    expect(nextSteps(sent, locked)).toEqual(['acknowledged']);
    expect(nextSteps(after('enRoute'), locked)).toEqual(['atGate', 'atPatient']);
    expect(nextSteps(after('atGate'), locked)).toEqual(['gateOpened', 'atPatient']);
    expect(nextSteps(after('atPatient'), locked)).toEqual(['aboard']);
    expect(nextSteps(after('enRoute'), { ...locked, gate: false })).toEqual(['atPatient']);
  });

  it('given somebody infectious was aboard, then the car is cleaned before it is in service; home comes last', () => {
    expect(nextSteps(after('handedOver'), { gate: true, decontamination: true })).toEqual(['decontaminated']);
    expect(nextSteps(after('decontaminated'), { gate: true, decontamination: true })).toEqual(['inService']);
    expect(nextSteps(after('handedOver'), { gate: true, decontamination: false })).toEqual(['inService']);
    expect(nextSteps(after('inService'), { gate: true, decontamination: true })).toEqual([]);
    expect(codeOf(reportMission(after('handedOver'), 'atStation'))).toBe('notInService');
    expect(codeOf(reportMission(after('handedOver', 'inService'), 'atStation'))).toBe('MissionReported');
  });
});

describe('a unit turns round to somebody worse', () => {
  it('given it has not reached its patient, then it goes, and that patient waits since the first call and has lost one', () => {
    const told = divert(after('enRoute', 'atGate'), 'R2');
    expect(told).toMatchObject({ ok: true, value: { type: 'UnitDiverted', unit: 'U1', to: 'R2' } });
    const left = evolveMission(sent, told.ok ? told.value : (undefined as never), LATER)!;
    expect(missionRuns(left)).toBe(false);
    expect(left).toMatchObject({ unitsLost: 1, times: {} });
    const again = evolveMission(left, { type: 'UnitAsked', mission: 'M2', acuity: 'I', town: 'T1' }, LATER)!;
    expect(again).toMatchObject({ id: 'M2', unitsLost: 1, askedAt: LATER });
    expect(waitsSince(again)).toBe(NOW);
  });

  it('given this patient gets another unit in the same step, then it is an exchange and nothing was lost', () => {
    const left = evolveMission(sent, { type: 'UnitDiverted', mission: 'M1', unit: 'U1', to: 'R2', exchanged: true }, LATER)!;
    expect(left.unitsLost).toBeUndefined();
  });

  it('given it broke down, then the next call for a unit waits since the first; given the patient was fetched or needed none for a while, then since now', () => {
    const asks = { type: 'UnitAsked', mission: 'M2', acuity: 'II', town: 'T1' } as const;
    const down = standDown(sent, 'engine');
    const broken = evolveMission(sent, down.ok ? down.value : (undefined as never), LATER)!;
    expect(waitsSince(evolveMission(broken, asks, LATER)!)).toBe(NOW);
    expect(waitsSince(evolveMission(broken, asks, LATER + 3_600_000)!)).toBe(LATER + 3_600_000);
    expect(waitsSince(evolveMission(after('aboard', 'handedOver', 'inService'), asks, LATER)!)).toBe(LATER);
  });

  it('given it cannot be, then it says why: nobody sent, with its patient, patient aboard', () => {
    expect(codeOf(divert(asked, 'R2'))).toBe('noUnitSent');
    expect(codeOf(divert(after('atPatient'), 'R2'))).toBe('patientReached');
    expect(codeOf(divert(after('aboard'), 'R2'))).toBe('patientStillAboard');
  });
});

describe('two calls about one patient', () => {
  const call = (journey: string, mission: Mission | undefined = { ...asked, id: `M-${journey}` }): Parameters<typeof joinCall>[0] => ({ journey, mission });

  it('given a dispatcher joins them, then one ends in the other and both say so', () => {
    const told = joinCall(call('R2'), call('R1'));
    expect(told).toMatchObject({ ok: true, value: { ends: { mission: 'M-R2', into: 'R1' }, goesOn: { mission: 'M-R1', from: 'R2' } } });
    if (!told.ok) return;
    const ended = evolveMission({ ...asked, id: 'M-R2' }, told.value.ends, NOW);
    expect(codeOf(sendUnit(ended, [unit('U1', 1)], undefined))).toBe('callJoined');
    expect(evolveMission(asked, told.value.goesOn, NOW)!.joinedBy).toEqual(['R2']);
  });

  it('given a unit runs for it, it is the same, or one is over, then nothing is joined', () => {
    const why = (...calls: Parameters<typeof joinCall>): string => {
      const told = joinCall(...calls);
      return told.ok ? 'joined' : told.refusal.code;
    };
    expect(why(call('R1'), call('R1'))).toBe('sameCall');
    expect(why(call('R1', sent), call('R2'))).toBe('unitAlreadySent');
    expect(why(call('R1'), call('R2', sent))).toBe('joined');
    expect(why(call('R1'), { ...call('R2'), closed: true })).toBe('callOver');
    expect(why(call('R1', { ...asked, joined: 'R3' }), call('R2'))).toBe('callJoined');
  });

  it('given somebody says they are different, then it is remembered for the next unit asked for as well', () => {
    const told = keepApart(call('R1'), 'R2');
    const apart = evolveMission(asked, told.ok ? told.value : (undefined as never), NOW)!;
    expect(evolveMission(apart, { type: 'UnitAsked', mission: 'M9', acuity: 'I', town: 'T1' }, LATER)!.apartFrom).toEqual(['R2']);
    expect(codeOf(keepApart({ journey: 'R1', mission: apart }, 'R2'))).toBe('alreadyKeptApart');
  });
});
