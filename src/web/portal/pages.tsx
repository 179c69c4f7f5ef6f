import type { ReactNode } from 'react';
import type { PageContext } from './page-context.ts';
import { StatusPage, type StatusProps } from './pages/status.tsx';

/** Every page of the portal and what it needs to be shown. */
export interface PortalPages {
  status: StatusProps;
}

export type PageName = keyof PortalPages;

/** A page as a component: all it shows comes by `props` and `ctx`. */
export type PageComponent<N extends PageName> = (input: { props: PortalPages[N]; ctx: PageContext }) => ReactNode;

/** The component of each page; the compiler holds the two lists together. */
export const pages: { readonly [N in PageName]: PageComponent<N> } = {
  status: StatusPage,
};
