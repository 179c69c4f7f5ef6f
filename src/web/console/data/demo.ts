import { useQuery } from '@tanstack/react-query';
import { dayOf } from '../../../core/time/index.ts';
import { getDemo } from '../../../modules/onestop/portal/contract.ts';
import { call } from '../api.ts';

/** A demo account as the sign-in page offers it. */
export interface DemoAccount {
  login: string;
  password: string;
  role: string;
  unit: string;
}

/** What a demo installation says of itself. */
export interface Demo {
  accounts: DemoAccount[];
  /** The legal day of the demo's clock, where it tells. */
  today: string | undefined;
}

/** Reads the answer of `/api/demo`; null where it is no demo. */
export function toDemo(reply: unknown): Demo | null {
  if (typeof reply !== 'object' || reply === null || !('demo' in reply) || reply.demo !== true) return null;
  const accounts = 'accounts' in reply && Array.isArray(reply.accounts) ? (reply.accounts as unknown[]) : [];
  const today = 'today' in reply && typeof reply.today === 'string' ? reply.today : undefined;
  return { accounts: accounts.filter(isAccount), today };
}

function isAccount(value: unknown): value is DemoAccount {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return ['login', 'password', 'role', 'unit'].every((name) => typeof record[name] === 'string');
}

/** The demo's facts; null in a real installation (the address answers 404 there). */
export function useDemo(): Demo | null | undefined {
  return useQuery({
    queryKey: ['demo'],
    queryFn: async () => toDemo(await call(getDemo, {}, { askSignIn: false }).catch(() => null)),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** The legal day on this screen: the demo's own, else this machine's in Vietnam. */
export function useToday(): string {
  return useDemo()?.today ?? dayOf(new Date());
}
