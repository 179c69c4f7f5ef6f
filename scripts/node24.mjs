// Finds a Node >= 24: the one running, the one npm installed with the project, or none. Runs on Node 20.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @returns {string} path of a Node binary of version 24 or newer; exits 3 with a clear line where there is none. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const bundled = path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (process.platform === 'linux' && fs.existsSync(bundled)) return bundled;
  console.error(
    `Cần Node.js 24 trở lên (đang chạy ${process.version}). Trên Linux x64/arm64 hãy chạy "npm ci" để có sẵn Node 24; hệ khác: cài Node 24 rồi chạy lại.`,
  );
  process.exit(3);
}
