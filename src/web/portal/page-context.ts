import type { BannerText } from '../shared/design/banner.tsx';

/** Reader's own switches, kept in a cookie. */
export interface DisplayChoice {
  theme?: 'light' | 'dark';
  size?: 'large';
  contrast?: 'high';
}

/** What every page knows besides its own content. */
export interface PageContext {
  /** Addresses of the style sheet and the script, from dist/portal/assets.json. */
  assets: { css: string; js: string };
  /** Path of this page without query: marks the menu, and is where sign-in comes back to. */
  path: string;
  /** Name of the authority that runs the portal, e.g. "UBND xã Hiệp Đức". */
  siteName: string;
  banners: readonly BannerText[];
  /** The signed-in citizen, named to himself only. */
  account?: { fullName: string };
  display: DisplayChoice;
  /** Telephone and e-mail of the desk for the foot. */
  contact?: { phone?: string; email?: string; address?: string };
}
