import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from '../../shared/design/states.tsx';
import { ScreenError } from '../screen-states.tsx';

/** Waiting, failure, refusal, or the data: every place that shows what the server says goes through here. */
export function Loaded<T>({
  query,
  children,
}: {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending' | 'refetch'>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ScreenError error={query.error} reset={() => void query.refetch()} />;
  return <Loading />;
}
