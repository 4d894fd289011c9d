import type { LinkKind, Pathway, Transport } from './decision.ts';
import type { TermsKey } from './document.ts';

export interface ChainShape {
  readonly pathway: Pathway;
  readonly transport: Transport;
  readonly wayBack: 'specialCar' | 'own';
  readonly byAppointment: boolean;
  readonly release: boolean;
  readonly dispense: boolean;
  /** No institution is open: somebody has to find one. */
  readonly search: boolean;
}

/** What may stand before `receive` on an emergency: nothing here asks the patient, a form or an office for anything. */
export const WAITING_LINKS: ReadonlySet<LinkKind> = new Set(['slot', 'release', 'pass', 'assignCar']);

const BACK_BY_CAR: readonly LinkKind[] = ['returnCar', 'returnPickUp', 'returnTravel', 'confirmHome'];
const BACK_ON_THEIR_OWN: readonly LinkKind[] = ['returnHome', 'confirmHome'];

const WAY_THERE: { readonly [T in Transport]: readonly LinkKind[] } = {
  ambulance: ['sendUnit', 'pickUp', 'bring'],
  specialCar: ['assignCar', 'pickUp', 'travel'],
  own: ['travel'],
  none: ['travel'],
};

/** Under which name a policy speaks of this link: who drives decides. */
export function termsKey(kind: LinkKind, shape: Pick<ChainShape, 'pathway' | 'transport' | 'wayBack'>): TermsKey {
  if (kind === 'pickUp' && shape.pathway === 'visit' && shape.transport === 'specialCar') return 'carPickUp';
  if (kind === 'confirmHome' && shape.wayBack === 'own') return 'ownConfirmHome';
  return kind === 'travel' && shape.transport === 'own' ? 'ownTravel' : kind;
}

/**
 * The order of the links. Policy says whether a link is there, who owns it and by when; the order is the nature of the
 * thing and is the same for every policy, so a way out without a way back cannot be written.
 */
export function chainOf(shape: ChainShape): readonly LinkKind[] {
  const search: readonly LinkKind[] = shape.search ? ['findPlace'] : [];
  const back = shape.wayBack === 'specialCar' ? BACK_BY_CAR : BACK_ON_THEIR_OWN;
  switch (shape.pathway) {
    case 'emergency':
      // The unit leaves first. Looking for a place before sending it would be a wait, and the crew can treat meanwhile.
      return ['sendUnit', 'pickUp', ...search, 'bring', 'receive', 'treat', ...back];
    case 'remote':
      return [...search, 'consult', ...(shape.dispense ? (['dispense', 'deliver'] as const) : []), 'confirmHome'];
    case 'visit':
      return [
        ...search,
        ...(shape.byAppointment ? (['slot'] as const) : []),
        ...(shape.release ? (['release', 'pass'] as const) : []),
        ...WAY_THERE[shape.transport],
        'receive', 'treat', ...back,
      ];
  }
}
