import { useNavigate, useRouterState } from '@tanstack/react-router';

type Filters = Readonly<Record<string, string | undefined>>;

/**
 * Filters of a list, kept in the address so that a list can be kept and sent on. Never for names or numbers of people
 * (contracts §4.12). Empty members leave the address. `stay` leaves the page where it is scrolled to, for what opens below.
 */
export function useFilters(): [Filters, (change: Filters, how?: { readonly stay?: boolean }) => void] {
  const search = useRouterState({ select: (state) => state.location.search }) as Filters;
  const navigate = useNavigate();
  return [
    search,
    (change, { stay = false } = {}) => {
      const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
      void navigate({ to: '.', search: next as never, replace: true, resetScroll: !stay });
    },
  ];
}

/** The address's query as plain texts: codes such as `1.001610` must not become numbers. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The reverse of `parseSearch`, with its question mark. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
