import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { SkipLink } from '../shared/design/skip-link.tsx';
import { EmptyState } from '../shared/design/states.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { useFileLinks } from './data/file-links.ts';
import { HeldBack } from './held-back.tsx';
import { InstallationBanners, useInstallation } from './installation.tsx';
import { NoticeBell } from './notice-bell.tsx';
import { closedEntry, menuFor } from './screens/menu.ts';
import { setSearchText } from './search-text.ts';
import { mayDo, sendSignOut, useMe } from './session.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { ToastRegion } from './toasts.tsx';
import { ScreenHead } from './ui/screen-head.tsx';
import { UnitSwitch } from './unit-switch.tsx';

/** Frame around every screen: strips, top bar, menu, `#main`, toasts and the sign-in dialog. */
export function Shell() {
  useFileLinks();
  const heldBack = useMe()?.heldBack;
  // Kept until the person has finished: the recovery codes stay readable although the server lets her in by then.
  const [shown, setShown] = useState(heldBack);
  if (heldBack !== undefined && shown !== heldBack) setShown(heldBack);
  if (shown !== undefined) return <HeldBack by={shown} onDone={() => setShown(undefined)} />;
  return (
    <div className="shell">
      <SkipLink />
      <InstallationBanners />
      <TopBar />
      <div className="shell__body">
        <SideMenu />
        <ScreenPlace />
      </div>
      <ToastRegion />
      <SignInAgain />
    </div>
  );
}

function TopBar() {
  const t = useTranslate();
  const me = useMe();
  const site = useInstallation();
  const client = useQueryClient();
  const router = useRouter();

  async function leave() {
    await sendSignOut();
    client.clear();
    await router.invalidate();
  }

  return (
    <header className="top-bar no-print">
      <Link to="/" className="top-bar__name">
        {site?.name ?? t('console.product')}
      </Link>
      <SearchBox />
      <UnitSwitch />
      <div className="top-bar__person">
        <NoticeBell />
        <Link to="/tai-khoan">{me?.displayName}</Link>
        <button type="button" className="button button--link" onClick={leave}>
          {t('console.sign-out')}
        </button>
      </div>
    </header>
  );
}

function SearchBox() {
  const t = useTranslate();
  const me = useMe();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target;
      const typing = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  if (!mayDo(me, 'dossier.search')) return null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setSearchText(input.current?.value.trim() ?? '');
    void navigate({ to: '/tim-kiem' });
  }

  return (
    <search className="top-bar__search">
      <form onSubmit={submit}>
        <label className="visually-hidden" htmlFor="top-search">
          {t('console.search.label')}
        </label>
        <input
          ref={input}
          id="top-search"
          className="input"
          type="search"
          placeholder={t('console.search.placeholder')}
          autoComplete="off"
        />
      </form>
    </search>
  );
}

function SideMenu() {
  const t = useTranslate();
  const me = useMe();
  const groups = menuFor(me);
  return (
    <nav className="side-menu no-print" aria-label={t('console.menu.label')}>
      {groups.map((group) => (
        <ul key={group.map((entry) => entry.to).join(' ')}>
          {group.map((entry) => (
            <li key={entry.to}>
              <Link to={entry.to} activeOptions={{ exact: entry.to === '/' }} activeProps={{ 'aria-current': 'page' }}>
                {t(entry.labelKey)}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

/** A screen for others: said once, in place of its filters and lists. */
function Closed({ title }: { title: string }) {
  const t = useTranslate();
  return (
    <>
      <ScreenHead title={title} />
      <EmptyState title={t('console.no-permission.title')}>
        <p>{t('console.no-permission.text')}</p>
        <p>
          <Link to="/">{t('console.no-permission.home')}</Link>
        </p>
      </EmptyState>
    </>
  );
}

/** `#main`; takes the focus when the screen changes, so that a reader hears the new one. */
function ScreenPlace() {
  const t = useTranslate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const closed = closedEntry(useMe(), path);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what this reacts to
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    main.current?.focus();
  }, [path]);
  return (
    <main id="main" tabIndex={-1} ref={main} className="screen">
      {closed ? <Closed title={t(closed.labelKey)} /> : <Outlet />}
    </main>
  );
}
