import { describe, expect, it } from 'vitest';
import { COMMAND_ROLES } from './may.ts';

/** Bookings are moved at their own address, where the line may as well. */
describe('for somebody without a telephone of their own', () => {
  it('the medical line may give every command that a resident may', () => {
    const residents = Object.entries(COMMAND_ROLES).filter(([, roles]) => roles.includes('resident'));
    expect(residents.filter(([, roles]) => !roles.includes('hotline')).map(([type]) => type)).toEqual([]);
  });
});
