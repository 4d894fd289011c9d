import { useQuery } from '@tanstack/react-query';
import type { IssuedPass, IssuerCounted } from '../../../src/passes/index.ts';
import type { Text } from '../../../src/base/index.ts';
import { get } from '../../shared/api.ts';

export interface KeyAnswer { readonly kid: string; readonly issuer: string; readonly madeAt: number; readonly retiredAt: number | null; readonly givenUpAt: number | null }
export interface CardsAnswer {
  readonly at: number;
  readonly issuer: { readonly id: string; readonly name: Text };
  readonly atOnce: number;
  readonly cards: readonly { readonly code: string; readonly name: string; readonly duty?: string; readonly areas?: readonly string[]; readonly validFrom: number; readonly validTo: number; readonly qrSvg: string }[];
}
export interface RecordAnswer {
  readonly at: number;
  readonly acts: readonly { readonly at: number; readonly by: string; readonly role: string; readonly what: string; readonly facts: Readonly<Record<string, string | number>> }[];
  readonly hours: readonly { readonly hour: number; readonly answer: string; readonly count: number }[];
  readonly twice: readonly { readonly code: string; readonly at: number; readonly scope: string }[];
}

const of = (issuer: string, more: Readonly<Record<string, string>> = {}): string => String(new URLSearchParams({ issuer, ...more }));

export const useIssuers = () => useQuery({ queryKey: ['passes', 'issuers'], queryFn: () => get<{ at: number; issuers: readonly IssuerCounted[]; keys: readonly KeyAnswer[] }>('/api/passes/issuers') });
export const useIssued = (issuer: string, text: string) => useQuery({ queryKey: ['passes', 'issued', issuer, text], queryFn: () => get<{ at: number; passes: readonly IssuedPass[] }>(`/api/passes/issued?${of(issuer, text ? { text } : {})}`) });
export const usePassRecord = (wanted: boolean) => useQuery({ queryKey: ['passes', 'record'], queryFn: () => get<RecordAnswer>('/api/passes/record'), enabled: wanted });
export const fetchCards = (issuer: string, batch: string, from: number): Promise<CardsAnswer> => get<CardsAnswer>(`/api/passes/cards?${of(issuer, { ...(batch && { batch }), from: String(from) })}`);
