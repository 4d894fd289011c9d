import type { Text } from '../../src/base/index.ts';
import type { Phones } from './plain/frame.ts';
import { get, setHelpNumber } from './api.ts';

/** What the public may know of the city: `GET /api/city`. */
export interface CityView {
  readonly name: Text;
  readonly districts: readonly { readonly code: string; readonly name: Text }[];
  readonly towns: readonly { readonly code: string; readonly name: Text; readonly district: string }[];
  readonly institutions: readonly { readonly code: string; readonly name: Text; readonly district: string; readonly services: readonly (string | { readonly service: string })[] }[];
  readonly phones: { readonly medicalLine: { readonly number: string }; readonly emergency: { readonly number: string } };
  readonly demo: boolean;
  readonly at: number;
}

let loaded: CityView | undefined;

export async function loadCity(): Promise<CityView> {
  loaded ??= await get<CityView>('/api/city');
  setHelpNumber(loaded.phones.medicalLine.number);
  return loaded;
}

export function phonesOf(city: CityView | undefined): Phones {
  return { emergency: city?.phones.emergency.number ?? '120', medicalLine: city?.phones.medicalLine.number };
}

export function runsService(institution: CityView['institutions'][number], service: string): boolean {
  return institution.services.some((each) => (typeof each === 'string' ? each : each.service) === service);
}
