import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readCoverage } from './glyph-coverage.ts';

const require = createRequire(import.meta.url);

/** Whole fonts: the subsets made for browsers lack letters. Tinos has the metrics of Times New Roman. */
const SERIF_FILES = [
  '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
];
const SANS_FILES = [
  '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
];

export type LoadedFonts = {
  readonly blobs: readonly Buffer[];
  /**
   * What can surely be drawn: the letters all four faces of Tinos have in common (bold must not lose what regular has;
   * Be Vietnam Pro falls back to Tinos), and whatever any font of the operator adds, reached by fallback. Fonts of the
   * operating system do not count, else the same paper would differ from machine to machine.
   */
  readonly covered: ReadonlySet<number>;
};

/**
 * Loads Tinos, Be Vietnam Pro and every `.ttf`/`.otf` directly inside `fontDirs` (a licensed Times New Roman, an emoji
 * or Khmer font an operator drops in).
 * @throws when a folder or a font cannot be read
 */
export function loadFonts(fontDirs: readonly string[]): LoadedFonts {
  const serif = SERIF_FILES.map(readPackaged);
  const sans = SANS_FILES.map(readPackaged);
  const extra = fontDirs.flatMap(fontFilesIn).map((file) => fs.readFileSync(file));
  const [first = new Set<number>(), ...others] = serif.map(readCoverage);
  const covered = new Set([...first].filter((code) => others.every((face) => face.has(code))));
  for (const font of extra) for (const code of readCoverage(font)) covered.add(code);
  return { blobs: [...serif, ...sans, ...extra], covered };
}

function readPackaged(file: string): Buffer {
  return fs.readFileSync(require.resolve(file));
}

function fontFilesIn(dir: string): string[] {
  return fs
    .readdirSync(dir)
    .filter((name) => /\.(ttf|otf)$/i.test(name))
    .sort()
    .map((name) => path.join(dir, name));
}
