import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/journey/index.ts';
import { NEEDS } from '../../../src/triage/index.ts';
import { REFUSAL_GROUNDS } from '../../../src/reception/index.ts';
import { arrange, fieldsOf, isGrave, verbOf } from './forms.ts';

describe('the buttons of a journey', () => {
  it('given a step and "it got worse", then the step is the primary one and nothing is left out', () => {
    const actions: Command[] = [{ type: 'reportWorse', findings: [] }, { type: 'release' }, { type: 'withdrawRequest', reason: '' }];
    const { primary, others } = arrange(actions);
    expect(primary).toEqual({ type: 'release' });
    expect(others.map(({ type }) => type)).toEqual(['reportWorse', 'withdrawRequest']);
  });

  it('given only what stands beside the chain, then no button is primary', () => {
    expect(arrange([{ type: 'reportWorse', findings: [] }]).primary).toBeUndefined();
  });

  it('reporting a refusal is never the primary button', () => {
    expect(arrange([{ type: 'reportRefusal', ground: 'other' }]).primary).toBeUndefined();
  });

  it('offers every ground on which a door may have said no', () => {
    const field = fieldsOf({ type: 'reportRefusal', ground: 'other' })[0];
    expect(field?.kind === 'choice' && field.from).toEqual(REFUSAL_GROUNDS);
  });

  it('asks at the door whether it stayed cold, of what had to', () => {
    const names = (coldChain?: true) => fieldsOf({ type: 'deliver', to: '' }, { visit: { id: 'V1', institution: 'H1', queuedAt: 0, prescription: { id: 'X1', items: [], ...(coldChain && { coldChain }) } } }).map(({ name }) => name);
    expect(names()).toEqual(['to']);
    expect(names(true)).toEqual(['to', 'coldKept']);
  });

  it('sends on only to needs that have hands', () => {
    const field = fieldsOf({ type: 'sendOn', reason: '', need: 'fever', findings: [] }).find(({ name }) => name === 'need');
    const offered = field?.kind === 'choice' ? field.from : [];
    expect(NEEDS.filter((need) => !offered.includes(need))).toEqual(['chronicFollowUp', 'medicineRefill', 'onlineConsultation']);
  });

  it('asks before what cannot be taken back, and not before what carries the journey on', () => {
    expect(isGrave({ type: 'withdrawRequest', reason: '' })).toBe(true);
    expect(isGrave({ type: 'release' })).toBe(false);
  });

  it('has another verb for each step of a vehicle', () => {
    expect(verbOf({ type: 'reportMission', step: 'aboard' })).toBe('mission.aboard');
    expect(verbOf({ type: 'reportRide', leg: 'back', step: 'arrived' })).toBe('ride.back.arrived');
  });
});
