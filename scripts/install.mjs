// Installs the dependencies of the lock file where they are missing or outdated. Runs on Node 20.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'node_modules/.motcua-lock');

export function ensureInstalled() {
  const lock = crypto
    .createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  // Installed by hand (npm ci, npm i): npm's own record is as new as the lock file.
  const record = path.join(root, 'node_modules/.package-lock.json');
  const byHand =
    fs.existsSync(record) && fs.statSync(record).mtimeMs >= fs.statSync(path.join(root, 'package-lock.json')).mtimeMs;
  if (!byHand) {
    console.log('Cài đặt các thư viện (lần đầu mất vài phút)…');
    const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
    });
    if (done.status !== 0) {
      console.error('Không cài được thư viện. Kiểm tra mạng tới kho npm rồi chạy lại.');
      process.exit(3);
    }
  }
  fs.writeFileSync(stamp, lock);
}
