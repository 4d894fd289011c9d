import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveMission, MISSION_STEPS, missionRuns, recommend, reportMission, sendUnit, type FreeUnit, type Mission, type MissionStep } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const unit = (id: string, etaSeconds: number, equipment: FreeUnit['equipment'] = 'advanced'): FreeUnit => ({ unit: id, etaSeconds, equipment, negativePressure: false });
const asked: Mission = { id: 'M1', acuity: 'I', town: 'T1', askedAt: NOW, times: {} };
const sent: Mission = { ...asked, unit: 'U1', etaSeconds: 300, times: { sent: NOW } };
const after = (...steps: MissionStep[]): Mission =>
  steps.reduce<Mission>((mission, step) => evolveMission(mission, { type: 'MissionReported', mission: 'M1', unit: 'U1', step }, NOW)!, sent);
const codeOf = (answer: ReturnType<typeof sendUnit>): string => (answer.ok ? answer.value.type : answer.refusal.code);

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
