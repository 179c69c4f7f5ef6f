import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell-route.ts';

// One line per screen: the file of a screen is loaded when it is first opened. To add a screen: write
// `screens/<name>.tsx` with a default export, add its route here, and its menu entry in `menu.ts`.
const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home.tsx')),
});

/** All screens behind sign-in. */
export const screenRoutes = [homeRoute] as const;
