import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from '../../shared/design/states.tsx';
import { Failure } from '../screen-states.tsx';
import { ScreenHead } from './screen-head.tsx';

/** Waiting, failure, refusal, or the data: every place that shows what the server says goes through here. */
export function Loaded<T>({
  query,
  title,
  children,
}: {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending' | 'refetch'>;
  /** Heading while there is nothing, for screens whose own heading comes with the data. */
  title?: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  const again = (): void => void query.refetch();
  if (title === undefined) return query.error ? <Failure error={query.error} reset={again} /> : <Loading />;
  return (
    <>
      <ScreenHead title={title} />
      {query.error ? <Failure error={query.error} reset={again} home /> : <Loading />}
    </>
  );
}
