/** One language's texts: full key (`portal.home.title`) → text with `{{name}}` places. */
export type Catalogue = Readonly<Record<string, string>>;
