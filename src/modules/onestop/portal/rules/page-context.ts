/** A strip over every page: which era this is, that it is a training system, that work is planned. */
export type BannerText = {
  readonly tone: 'info' | 'training' | 'warning' | 'danger';
  /** One or two words in bold: "Dùng thử", "Tập huấn". */
  readonly word: string;
  readonly text: string;
};

/** Reader's own switches (TT 26/2020: large letters, high contrast), kept in a cookie. */
export type DisplayChoice = {
  readonly theme?: 'light' | 'dark';
  readonly size?: 'large';
  readonly contrast?: 'high';
};

/** What every page knows besides its own content. */
export type PageContext = {
  /** Addresses of the style sheet and the script, from dist/portal/assets.json. */
  readonly assets: { readonly css: string; readonly js: string };
  /** Path of this page without query: marks the menu, and is where sign-in comes back to. */
  readonly path: string;
  /** Name of the authority that runs the portal, e.g. "UBND xã Hiệp Đức". */
  readonly siteName: string;
  readonly banners: readonly BannerText[];
  /** The signed-in citizen, named to himself only. */
  readonly account?: { readonly fullName: string };
  readonly display: DisplayChoice;
  /** How to reach the desk, for the foot. */
  readonly contact?: { readonly phone?: string; readonly email?: string; readonly address?: string };
};

/** Something to mend: id of the control it is about, and what to do: a ready text, or a key of the portal's texts. */
export type PageProblem =
  | { readonly id: string; readonly text: string }
  | { readonly id: string; readonly key: string; readonly params?: Readonly<Record<string, string | number>> };
