import type { ReactNode } from 'react';
import type { PageContext } from '../../modules/onestop/portal/rules/page-context.ts';
import { Banner } from '../shared/design/banner.tsx';
import { SkipLink } from '../shared/design/skip-link.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';

const menu = [
  { href: '/thu-tuc', key: 'portal.menu.procedures' },
  { href: '/tra-cuu', key: 'portal.menu.tracking' },
  { href: '/ho-so', key: 'portal.menu.dossiers' },
  { href: '/tinh-hinh', key: 'portal.menu.board' },
] as const;

/** The whole HTML document around a page: head, banners, menu, `#main`, foot. */
export function Layout({
  ctx,
  title,
  description,
  robots = true,
  bare = false,
  children,
}: {
  ctx: PageContext;
  title: string;
  description?: string;
  /** False for pages about one person's dossier: search engines keep out. */
  robots?: boolean;
  /** True for pages that are not the citizens': without the portal's menu and foot. */
  bare?: boolean;
  children: ReactNode;
}) {
  const t = useTranslate();
  return (
    <html lang="vi" data-theme={ctx.display.theme} data-size={ctx.display.size} data-contrast={ctx.display.contrast}>
      <head>
        <meta charSet="utf-8" />
        <title>{`${title} – ${ctx.siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={description ?? t('portal.description', { site: ctx.siteName })} />
        <meta name="color-scheme" content="light dark" />
        {robots ? null : <meta name="robots" content="noindex, nofollow" />}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={ctx.assets.css} />
        <script type="module" src={ctx.assets.js} />
      </head>
      <body>
        <SkipLink />
        {ctx.banners.map((banner) => (
          <Banner key={banner.word + banner.text} {...banner} />
        ))}
        {bare ? null : <SiteHeader ctx={ctx} />}
        <main id="main" tabIndex={-1} className="page">
          {children}
        </main>
        {bare ? null : <SiteFooter ctx={ctx} />}
      </body>
    </html>
  );
}

function SiteHeader({ ctx }: { ctx: PageContext }) {
  const t = useTranslate();
  return (
    <header className="site-header no-print">
      <div className="site-header__top">
        <a className="site-header__name" href="/">
          <span className="site-header__service">{t('portal.name')}</span>
          <span>{ctx.siteName}</span>
        </a>
        <div className="site-header__account">
          {ctx.account ? (
            <>
              <a href="/tai-khoan">{ctx.account.fullName}</a>
              <form method="post" action="/dang-xuat">
                <button type="submit" className="button button--link">
                  {t('portal.sign-out')}
                </button>
              </form>
            </>
          ) : (
            <a href={`/dang-nhap?tiep=${encodeURIComponent(ctx.path)}`}>{t('portal.sign-in')}</a>
          )}
        </div>
      </div>
      <nav className="site-nav" aria-label={t('portal.menu.label')}>
        <ul>
          {menu.map((item) => (
            <li key={item.href}>
              <a href={item.href} aria-current={isHere(ctx.path, item.href) ? 'page' : undefined}>
                {t(item.key)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function isHere(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}

function SiteFooter({ ctx }: { ctx: PageContext }) {
  const t = useTranslate();
  const contact = ctx.contact;
  return (
    <footer className="site-footer no-print">
      <div className="site-footer__inner">
        <p>
          <strong>{ctx.siteName}</strong>
          {contact?.address ? <span className="line">{contact.address}</span> : null}
          {contact?.phone ? (
            <span className="line">
              {t('portal.footer.phone')}: <a href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>{contact.phone}</a>
            </span>
          ) : null}
          {contact?.email ? (
            <span className="line">
              {t('portal.footer.email')}: <a href={`mailto:${contact.email}`}>{contact.email}</a>
            </span>
          ) : null}
        </p>
        <ul>
          <li>
            <a href="/tro-nang">{t('portal.footer.accessibility')}</a>
          </li>
          <li>
            <a href={`/hien-thi?ve=${encodeURIComponent(ctx.path)}`}>{t('portal.footer.display')}</a>
          </li>
          <li>
            <a href="/can-bo/">{t('portal.footer.staff')}</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
