import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
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
    const me = await context.queries.ensureQueryData(meQuery);
    if (me === null) throw redirect({ to: '/dang-nhap', search: { ve: `/can-bo${location.href}` } });
  },
});
