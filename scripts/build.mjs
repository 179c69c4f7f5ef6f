// Builds what Node cannot run unbuilt: the portal's server bundle, the portal's browser assets, the console.
// Only what changed is built again: each target keeps a stamp of the files that went into it.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from './node24.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const LONGEST_BUILD_MS = 600_000;

const targets = [
  { name: 'portal-server', config: 'portalServer', folder: 'portal/server', proof: 'server.js', messages: true },
  { name: 'portal-browser', config: 'portalBrowser', folder: 'portal/assets', proof: 'manifest.json', messages: true },
  { name: 'console', config: 'consoleApp', folder: 'console', proof: 'index.html', messages: true },
];

/** Files every target depends on besides its own module graph. */
function commonInputs() {
  const messages = path.join(root, 'content/messages');
  const texts = fs.existsSync(messages) ? fs.readdirSync(messages).filter((f) => f.endsWith('.yaml')) : [];
  return ['package-lock.json', 'vite.config.ts', 'tsconfig.json', ...texts.sort().map((f) => `content/messages/${f}`)];
}

function digest(files) {
  const hash = crypto.createHash('sha256');
  for (const file of files) {
    const full = path.join(root, file);
    hash.update(`${file}\0`);
    hash.update(fs.existsSync(full) ? fs.readFileSync(full) : 'missing');
    hash.update('\0');
  }
  return hash.digest('hex');
}

const isNewer = (file, thanMs) =>
  (fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? thanMs) > thanMs;

const stampFile = (name) => path.join(dist, `.stamp-${name}.json`);

function isFresh(target) {
  if (!fs.existsSync(path.join(dist, target.folder, target.proof))) return false;
  try {
    const stamp = JSON.parse(fs.readFileSync(stampFile(target.name), 'utf8'));
    const files = [...commonInputs(), ...stamp.files];
    return stamp.digest === digest(files);
  } catch {
    return false;
  }
}

/** A file and, of a style sheet, those it takes in, which are no modules of the bundle. */
function withTakenIn(file) {
  if (!file.endsWith('.css')) return [file];
  const taken = [...fs.readFileSync(file, 'utf8').matchAll(/@import "(\.[^"]+)"/g)];
  return [file, ...taken.flatMap(([, name]) => withTakenIn(path.resolve(path.dirname(file), name)))];
}

/** Vite plugin that remembers which files of ours went into a bundle. */
function collectInputs(into) {
  return {
    name: 'motcua-inputs',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const file = id.split('?')[0];
        if (!file.startsWith(root) || file.includes('/node_modules/')) continue;
        for (const one of withTakenIn(file)) into.add(path.relative(root, one));
      }
    },
  };
}

/** Where the portal's assets ended up, for the pages that link them: {css, js} as addresses. */
function writeAssetAddresses() {
  const manifest = JSON.parse(fs.readFileSync(path.join(dist, 'portal/assets/manifest.json'), 'utf8'));
  const entries = Object.values(manifest);
  const entry = entries.find((e) => e.isEntry);
  const css = entry?.css?.[0] ?? entries.find((e) => e.file.endsWith('.css'))?.file;
  if (!entry || !css) throw new Error('portal assets: entry or style sheet missing in manifest');
  const addresses = { js: `/tai-nguyen/${entry.file}`, css: `/tai-nguyen/${css}` };
  writeWhole(path.join(dist, 'portal/assets.json'), JSON.stringify(addresses));
}

/** Writes a file so that whoever reads it meanwhile reads the old one or the new one, never a part. */
function writeWhole(file, text) {
  const next = `${file}.${process.pid}`;
  fs.writeFileSync(next, text);
  fs.renameSync(next, file);
}

const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/**
 * Puts a folder in the place of another from which is being served: what is new first, then the file that names it, then
 * goes what is left over. No file that is served before and after is missing at any moment.
 */
function putInPlace(from, to, proof) {
  const files = filesIn(from);
  for (const file of [...files.filter((each) => each !== proof), proof]) {
    fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    fs.renameSync(path.join(from, file), path.join(to, file));
  }
  const kept = new Set(files);
  for (const file of filesIn(to)) if (!kept.has(file)) fs.rmSync(path.join(to, file), { force: true });
}

/** Builds one target in a folder of its own, then puts it in place. @returns our files that went into it */
async function buildTarget(vite, config, { folder, proof }) {
  const inputs = new Set();
  const next = path.join(dist, `.next-${process.pid}`);
  try {
    await vite.build({
      ...config,
      plugins: [...(config.plugins ?? []), collectInputs(inputs)],
      build: { ...config.build, outDir: next },
    });
    putInPlace(next, path.join(dist, folder), proof);
  } finally {
    fs.rmSync(next, { recursive: true, force: true });
  }
  return [...inputs].sort();
}

/**
 * Runs `work` while no other build is at it: two at once would take each other's files for left over. The lock is the
 * operating system's on a file, so it goes with the process that held it, however that ends.
 */
async function alone(work) {
  const { DatabaseSync } = await import('node:sqlite');
  fs.mkdirSync(dist, { recursive: true });
  const lock = new DatabaseSync(path.join(dist, '.lock'), { timeout: LONGEST_BUILD_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } finally {
    lock.close();
  }
}

/**
 * Builds the targets that are not fresh; waits for another build of the same folder.
 * @param {{force?: boolean, only?: string[]}} [options]
 * @returns {Promise<{built: string[], fresh: string[]}>}
 */
export async function build({ force = false, only } = {}) {
  const wanted = targets.filter((t) => !only || only.includes(t.name));
  if (!force && wanted.every(isFresh)) return { built: [], fresh: wanted.map((t) => t.name) };
  return alone(() => buildStale(wanted, force));
}

async function buildStale(wanted, force) {
  const stale = wanted.filter((t) => force || !isFresh(t));
  const fresh = wanted.filter((t) => !stale.includes(t)).map((t) => t.name);
  if (stale.length === 0) return { built: [], fresh };
  process.env.NODE_ENV = 'production';
  const [vite, configs] = await Promise.all([import('vite'), import('../vite.config.ts')]);
  for (const target of stale) {
    const begunMs = Date.now();
    const files = await buildTarget(vite, configs[target.config](), target);
    if (target.name === 'portal-browser') writeAssetAddresses();
    const inputs = [...commonInputs(), ...files];
    // What was changed meanwhile may have been read before: the next build does it again.
    if (inputs.some((file) => isNewer(file, begunMs))) fs.rmSync(stampFile(target.name), { force: true });
    else writeWhole(stampFile(target.name), JSON.stringify({ digest: digest(inputs), files }));
  }
  return { built: stale.map((t) => t.name), fresh };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    const again = spawnSync(node24(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exit(again.status ?? 1);
  }
  const started = performance.now();
  const result = await build({ force: process.argv.includes('--force') });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `Đã dựng: ${result.built.join(', ') || 'không có gì mới'}; còn mới: ${result.fresh.join(', ') || 'không'} (${seconds} giây)`,
  );
}
