import type { Effects, TermsKey } from './document.ts';

/** Rooms that can act on a measure, or keep a promise that is none. */
export const ROOMS = ['requests', 'dispatch', 'appointments', 'trips', 'passes', 'reception', 'clinic', 'hotline', 'panels', 'consults', 'city'] as const;
export type Room = (typeof ROOMS)[number];

const BY_EFFECT: { readonly [E in Exclude<keyof Effects, 'transport' | 'wayBack' | 'otherwise' | 'links'>]-?: Room } = {
  pathway: 'requests', venue: 'requests', service: 'requests', choice: 'requests', closedLoop: 'trips', byAppointment: 'appointments',
  greenChannel: 'reception', testRequired: 'reception', entry: 'reception', release: 'passes', dispense: 'clinic',
  guardianPresent: 'clinic', controlledDrugsInPerson: 'clinic',
};

/** Whoever travels on their own needs a pass and nobody else; whoever stays at home is seen by the cloud clinic. */
const BY_TRANSPORT = { ambulance: 'dispatch', specialCar: 'trips', own: 'passes', none: 'clinic' } as const satisfies Record<string, Room>;

const BY_LINK: { readonly [K in TermsKey]: Room } = {
  findPlace: 'requests', sendUnit: 'dispatch', pickUp: 'dispatch', bring: 'dispatch', slot: 'appointments', release: 'passes', pass: 'passes',
  assignCar: 'trips', carPickUp: 'trips', travel: 'trips', ownTravel: 'requests', receive: 'reception', treat: 'reception',
  consult: 'clinic', dispense: 'clinic', deliver: 'clinic', returnCar: 'trips', returnPickUp: 'trips', returnTravel: 'trips',
  returnHome: 'requests', confirmHome: 'requests', ownConfirmHome: 'requests',
};

/** Who acts on these effects, in the order of `ROOMS`. */
export function roomsOf({ transport, wayBack, otherwise = {}, links = {}, ...rest }: Effects): readonly Room[] {
  const rooms = new Set<Room>((Object.keys(rest) as (keyof typeof rest)[]).map((effect) => BY_EFFECT[effect]));
  if (transport) rooms.add(BY_TRANSPORT[transport]);
  if (wayBack) rooms.add(BY_TRANSPORT[wayBack]);
  for (const standIn of Object.values(otherwise)) rooms.add(standIn === 'ambulance' || standIn === 'specialCar' ? BY_TRANSPORT[standIn] : 'requests');
  for (const kind of Object.keys(links) as TermsKey[]) rooms.add(BY_LINK[kind]);
  return ROOMS.filter((room) => rooms.has(room));
}
