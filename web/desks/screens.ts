import type { ComponentType } from 'react';
import type { Role } from '../../src/people/index.ts';
import { loadWords } from '../shared/words.ts';

export interface Screen {
  /** Who works here. The server decides what they see; this only decides what they are offered. */
  readonly roles: readonly Role[];
  /** `hand`: a phone in a hand or on a dashboard, big and light. `desk`: dense, with keyboard and mouse. */
  readonly kind: 'desk' | 'hand';
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** Every screen by its address; each is fetched only where it is used, so that a driver's phone never loads the map. */
export const SCREENS = {
  office: { roles: ['district', 'city', 'planner'], kind: 'desk', load: () => loadWords('care', 'passes', 'clinics', 'consults', 'refusals', 'calls', 'counterparts').then(() => import('./screens/office/index.tsx')) },
  desk: { roles: ['committee', 'district'], kind: 'desk', load: () => loadWords('care', 'book', 'clinics', 'refusals').then(() => import('./screens/desk/index.tsx')) },
  board: { roles: ['dispatcher', 'city', 'district'], kind: 'desk', load: () => loadWords('board').then(() => import('./screens/board/index.tsx')) },
  ward: { roles: ['ward'], kind: 'desk', load: () => loadWords('care', 'book', 'clinics', 'consults', 'refusals', 'calls', 'door').then(() => import('./screens/ward/index.tsx')) },
  hotline: { roles: ['hotline'], kind: 'desk', load: () => loadWords('care', 'book', 'clinics', 'calls').then(() => import('./screens/hotline/index.tsx')) },
  cloud: { roles: ['cloudDoctor', 'pharmacist'], kind: 'desk', load: () => loadWords('care').then(() => import('./screens/cloud/index.tsx')) },
  family: { roles: ['familyDoctor'], kind: 'desk', load: () => loadWords('care').then(() => import('./screens/family/index.tsx')) },
  drive: { roles: ['crew', 'driver'], kind: 'hand', load: () => loadWords('consults', 'door').then(() => import('./screens/drive/index.tsx')) },
  gate: { roles: ['gate'], kind: 'hand', load: () => loadWords('door').then(() => import('./screens/gate/index.tsx')) },
  expert: { roles: ['expert'], kind: 'hand', load: () => loadWords('consults').then(() => import('./screens/expert/index.tsx')) },
  passes: { roles: ['passOfficer'], kind: 'desk', load: () => loadWords('passes').then(() => import('./screens/passes/index.tsx')) },
  checkpoint: { roles: ['checkpoint'], kind: 'hand', load: () => import('./screens/checkpoint/index.tsx') },
} as const satisfies Readonly<Record<string, Screen>> as Readonly<Record<ScreenName, Screen>>;

export type ScreenName =
  | 'desk' | 'board' | 'ward' | 'hotline' | 'cloud' | 'family' | 'office' | 'drive' | 'gate' | 'expert' | 'passes' | 'checkpoint';

/** Where a role begins its shift: the screen that is named for it, else the first that it may use. */
export function homeOf(role: Role): ScreenName | undefined {
  const names = Object.keys(SCREENS) as ScreenName[];
  return names.find((name) => SCREENS[name].roles[0] === role) ?? names.find((name) => SCREENS[name].roles.includes(role));
}

export function screenAt(pathname: string): ScreenName | 'demo' | undefined {
  const name = pathname.split('/')[1] ?? '';
  if (name === 'demo') return 'demo';
  return Object.hasOwn(SCREENS, name) ? (name as ScreenName) : undefined;
}
