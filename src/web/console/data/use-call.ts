import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { type CallInput, call, type Declared } from '../api.ts';

type Named = Declared & { readonly id: string };

/**
 * Reads an endpoint and keeps the answer: `useCall(listRoles, {})`. The key is the endpoint's id with what was asked,
 * so `invalidateQueries({ queryKey: [listRoles.id] })` refreshes all of it.
 */
export function useCall<const E extends Named>(
  endpoint: E,
  input: CallInput<E>,
  options: { enabled?: boolean; staleTime?: number; keep?: boolean; refetchEvery?: number } = {},
): UseQueryResult<ReplyOf<E>> {
  return useQuery<ReplyOf<E>>({
    queryKey: [endpoint.id, input],
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.refetchEvery === undefined ? {} : { refetchInterval: options.refetchEvery }),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

interface CursorPage<Row> {
  rows: Row[];
  nextCursor: string | null;
}

/**
 * Reads a list page by page with its cursor; `rows` are all pages read so far.
 * @param inHalves pages come two at a time: what is on the screen first comes first, the second half follows by itself.
 */
export function useCursorList<Row>(
  key: readonly unknown[],
  load: (cursor: string | undefined) => Promise<CursorPage<Row>>,
  { inHalves = false }: { readonly inHalves?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows);
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  const halfShown = inHalves && (query.data?.pages.length ?? 0) % 2 === 1;
  useEffect(() => {
    if (halfShown && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [halfShown, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return { query, rows };
}

/** What `useCursorList` gives. */
export type CursorList<Row> = ReturnType<typeof useCursorList<Row>>;

/** The members that are there: an optional member of a request must be absent, not undefined or empty. */
export function given<T extends Readonly<Record<string, unknown>>>(members: T) {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
