import type { LinkOwner } from './decision.ts';
import type { TermsKey } from './document.ts';

/**
 * Who can answer for a step: those whose hands the software lets do it. An owner who cannot is a step that only ends late, by
 * escalation. `journey` knows what each role may do, and its tests hold this table against that.
 */
export const STEP_OWNERS: { readonly [K in TermsKey]: readonly LinkOwner[] } = {
  findPlace: ['dispatcher', 'district', 'city'],
  sendUnit: ['dispatcher'],
  slot: ['ward', 'district'],
  release: ['committee', 'district'],
  pass: ['committee', 'district'],
  assignCar: ['committee', 'district'],
  pickUp: ['crew', 'dispatcher'],
  carPickUp: ['driver', 'committee'],
  travel: ['driver', 'committee'],
  ownTravel: ['resident', 'committee'],
  bring: ['crew', 'dispatcher'],
  receive: ['ward'],
  treat: ['ward'],
  consult: ['cloudDoctor', 'familyDoctor'],
  dispense: ['pharmacist'],
  deliver: ['committee', 'driver', 'pharmacist'],
  returnCar: ['committee', 'district'],
  returnPickUp: ['driver', 'committee'],
  returnTravel: ['driver', 'committee'],
  returnHome: ['resident', 'committee'],
  confirmHome: ['committee', 'familyDoctor', 'resident', 'district'],
  ownConfirmHome: ['committee', 'familyDoctor', 'resident', 'district'],
};
