import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { demoQuery } from './data/demo.ts';
import { NotFound, ScreenError } from './screen-states.tsx';
import { meQuery } from './session.ts';
import { Shell } from './shell.tsx';

/** What every route can count on. */
export interface RouterContext {
  queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: NotFound,
  errorComponent: ScreenError,
});

/** Parent of every screen behind sign-in: asks who works here, sends strangers to the sign-in page. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    // The legal day of a demo is another than the machine's: fields that begin with today need it at once.
    const [me] = await Promise.all([
      context.queries.ensureQueryData(meQuery),
      context.queries.ensureQueryData(demoQuery),
    ]);
    if (me === null) throw redirect({ to: '/dang-nhap', search: { ve: `/can-bo${location.href}` } });
  },
});
