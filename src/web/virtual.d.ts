declare module '*.css';

/** Texts of the named namespaces, bundled at build time by the plugin of vite.config.ts. */
declare module 'virtual:messages/portal' {
  const catalogue: Readonly<Record<string, string>>;
  export default catalogue;
}
declare module 'virtual:messages/console' {
  const catalogue: Readonly<Record<string, string>>;
  export default catalogue;
}
