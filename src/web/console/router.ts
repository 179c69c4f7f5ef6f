import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Loading } from '../shared/design/states.tsx';
import { parseSearch, stringifySearch } from './data/filters.ts';
import { NotFound, ScreenError } from './screen-states.tsx';
import { screenRoutes } from './screens/routes.ts';
import { rootRoute, shellRoute } from './shell-route.ts';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dang-nhap',
  validateSearch: (search: Record<string, unknown>): { ve?: string } =>
    typeof search.ve === 'string' ? { ve: search.ve } : {},
  component: lazyRouteComponent(() => import('./sign-in-page.tsx')),
});

const routeTree = rootRoute.addChildren([signInRoute, shellRoute.addChildren([...screenRoutes])]);

/** The console's router, below /can-bo. */
export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/can-bo',
    parseSearch,
    stringifySearch,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ScreenError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
