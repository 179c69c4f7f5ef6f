import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';
import { loadMessages, messageNamespaces, messagesFolder } from './src/web/shared/i18n/load-messages.ts';

const root = import.meta.dirname;
const PREFIX = 'virtual:messages/';

/** Namespaces whose texts no screen shows: those of the server, and of the other bundle. */
const NOT_OF_CONSOLE = ['portal', 'cli', 'errors', 'server'];

/** Namespaces of the texts each bundle carries; a new file of texts belongs to the console. */
const namespaces: Readonly<Record<'portal' | 'console', readonly string[]>> = {
  portal: ['ui', 'forms', 'portal'],
  console: messageNamespaces().filter((name) => !NOT_OF_CONSOLE.includes(name)),
};

/** Bundles `content/messages/*.vi.yaml` as JSON: `import catalogue from 'virtual:messages/portal'`. */
function messagesPlugin(): Plugin {
  return {
    name: 'motcua-messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const name = id.slice(PREFIX.length + 1);
      if (name !== 'portal' && name !== 'console') throw new Error(`unknown message bundle "${name}"`);
      for (const namespace of namespaces[name]) this.addWatchFile(path.join(messagesFolder, `${namespace}.vi.yaml`));
      return `export default ${JSON.stringify(loadMessages('vi', namespaces[name]))}`;
    },
  };
}

/**
 * react-aria brings its texts in some thirty languages, Vietnamese not among them; ours are injected at start
 * (src/web/console/aria-strings.ts), so all but English are left out of the bundle.
 */
function leanAriaPlugin(): Plugin {
  return {
    name: 'motcua-lean-aria',
    enforce: 'pre',
    load(id) {
      return /react-(aria|stately)[^?]*\/intl\/.*\/(?!en-US)[a-z]{2}-[A-Z]{2}\.m?js/.test(id)
        ? 'export default null'
        : undefined;
    },
  };
}

const production = { 'process.env.NODE_ENV': '"production"' };
const shared: InlineConfig = {
  root,
  configFile: false,
  mode: 'production',
  logLevel: 'warn',
  publicDir: false,
};

/** The portal's pages as functions, for the server: one file, React inside, nothing to resolve at run time. */
export function portalServer(): InlineConfig {
  return {
    ...shared,
    plugins: [messagesPlugin(), react()],
    define: production,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: 'src/web/portal/server.tsx',
      outDir: 'dist/portal/server',
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'server.js', codeSplitting: false } },
    },
  };
}

/** What the portal's pages ask of the browser: one style sheet and one small script that only improves. */
export function portalBrowser(): InlineConfig {
  return {
    ...shared,
    plugins: [messagesPlugin()],
    base: '/tai-nguyen/',
    define: production,
    build: {
      outDir: 'dist/portal/assets',
      emptyOutDir: true,
      assetsDir: '',
      manifest: 'manifest.json',
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: { input: 'src/web/portal/browser.ts' },
    },
  };
}

/** The staff's single-page application, served below /can-bo/. */
export function consoleApp(): InlineConfig {
  return {
    ...shared,
    root: path.join(root, 'src/web/console'),
    plugins: [messagesPlugin(), leanAriaPlugin(), react()],
    base: '/can-bo/',
    define: production,
    build: {
      outDir: path.join(root, 'dist/console'),
      emptyOutDir: true,
      assetsDir: 'assets',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 800,
      rolldownOptions: { input: path.join(root, 'src/web/console/index.html') },
    },
  };
}

export default consoleApp();
