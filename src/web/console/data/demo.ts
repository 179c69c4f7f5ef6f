import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf } from '../../../core/time/index.ts';
import { getDemo } from '../../../modules/onestop/portal/contract.ts';
import { call } from '../api.ts';

type Demo = ReplyOf<typeof getDemo>;

/** A demo account as the sign-in page offers it. */
export type DemoAccount = Demo['accounts'][number];

export const demoQuery = queryOptions({
  queryKey: [getDemo.id],
  queryFn: (): Promise<Demo | null> => call(getDemo, {}, { askSignIn: false }).catch(() => null),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The demo's facts; null in a real installation (the address answers 404 there). Known before any screen opens. */
export function useDemo(): Demo | null | undefined {
  return useQuery(demoQuery).data;
}

/** The legal day on this screen: the demo's own, else this machine's in Vietnam. */
export function useToday(): string {
  return useDemo()?.today ?? dayOf(new Date());
}
