import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../../platform/config/config.ts';
import { loadFonts } from '../../../platform/documents/fonts.ts';
import { words } from '../../../platform/messages/words.ts';
import { ENV_FILE } from '../settings.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const GIB = 2 ** 30;

/** Everything that can be seen without the database. */
export async function checkMachine(config: Config): Promise<readonly Finding[]> {
  return [
    checkNode(),
    checkMemory(),
    ...checkDataDir(config.dataDir),
    checkDisk(config.dataDir),
    checkAddress(config),
    checkFonts(config.dataDir),
    checkPoppler(),
    await checkMail(config),
  ];
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return ok('node.version', `Node.js ${process.version}`);
  return failed(
    'node.version',
    words('cli.doctor.node-old', { version: process.version }),
    words('cli.doctor.node-advice'),
  );
}

function checkMemory(): Finding {
  const total = os.totalmem() / GIB;
  const text = words('cli.doctor.memory', { gib: total.toFixed(1) });
  return total >= 1.5 ? ok('machine.memory', text) : warning('machine.memory', text, words('cli.doctor.memory-advice'));
}

/** Mode and owner of the folder and of the two files that hold secrets. */
export function checkDataDir(dataDir: string): readonly Finding[] {
  const stat = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (!stat?.isDirectory())
    return [failed('data.folder', words('cli.doctor.no-folder', { dataDir }), words('cli.doctor.no-folder-advice'))];
  const findings: Finding[] = [];
  const uid = process.getuid?.();
  if (uid !== undefined && stat.uid !== uid)
    findings.push(
      failed(
        'data.folder',
        words('cli.doctor.folder-owner', { dataDir, owner: stat.uid, uid }),
        words('cli.doctor.folder-owner-advice'),
      ),
    );
  else if (!isWritable(dataDir))
    findings.push(
      failed(
        'data.folder',
        words('cli.doctor.folder-closed', { dataDir }),
        words('cli.doctor.folder-closed-advice', { dataDir }),
      ),
    );
  else findings.push(ok('data.folder', words('cli.doctor.folder', { dataDir })));
  for (const name of ['secret', ENV_FILE]) {
    const file = path.join(dataDir, name);
    const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode;
    if (mode === undefined) continue;
    if ((mode & 0o077) === 0) findings.push(ok(`data.${name}`, words('cli.doctor.file-private', { name })));
    else
      findings.push(
        failed(
          `data.${name}`,
          words('cli.doctor.file-open', { name, mode: (mode & 0o777).toString(8) }),
          `chmod 600 ${file}`,
        ),
      );
  }
  return findings;
}

function isWritable(folder: string): boolean {
  const probe = path.join(folder, `.doctor-${process.pid}`);
  try {
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

function checkDisk(dataDir: string): Finding {
  let place = dataDir;
  while (!fs.existsSync(place)) place = path.dirname(place);
  const { bavail, blocks, bsize } = fs.statfsSync(place);
  const free = (bavail * bsize) / GIB;
  const percent = blocks > 0 ? Math.round((bavail / blocks) * 100) : 0;
  const text = words('cli.doctor.disk', { gib: free.toFixed(1), percent });
  if (free < 1) return failed('disk.free', text, words('cli.doctor.disk-full-advice'));
  return free < 5 || percent < 10 ? warning('disk.free', text, words('cli.doctor.disk-advice')) : ok('disk.free', text);
}

function checkAddress({ publicUrl, host, demo, trustProxy }: Config): Finding {
  const local = ['127.0.0.1', '::1', 'localhost'].includes(host);
  const text = words('cli.doctor.address', { url: publicUrl, host });
  if (demo) return ok('http.address', text);
  if (!publicUrl.startsWith('https:')) return warning('http.address', text, words('cli.doctor.address-plain-advice'));
  if (!local && trustProxy) return warning('http.address', text, words('cli.doctor.address-proxy-advice'));
  return ok('http.address', text);
}

function checkFonts(dataDir: string): Finding {
  const own = path.join(dataDir, 'fonts');
  try {
    const { blobs } = loadFonts(fs.existsSync(own) ? [own] : []);
    return ok('fonts', words('cli.doctor.fonts', { count: blobs.length }));
  } catch (error) {
    return failed(
      'fonts',
      words('cli.doctor.fonts-missing', { reason: error instanceof Error ? error.message : '' }),
      words('cli.doctor.fonts-advice'),
    );
  }
}

function checkPoppler(): Finding {
  const there = !spawnSync('pdfinfo', ['-v']).error;
  return ok('poppler', there ? words('cli.doctor.poppler') : words('cli.doctor.poppler-none'));
}

/** Whether the mail server answers with its greeting; nothing is sent and nobody signs in. */
async function checkMail({ smtpUrl }: Config): Promise<Finding> {
  if (!smtpUrl) return warning('mail.server', words('cli.doctor.mail-none'), words('cli.doctor.mail-none-advice'));
  const url = URL.parse(smtpUrl);
  if (!url) return failed('mail.server', words('cli.doctor.mail-address'), words('cli.doctor.mail-address-advice'));
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587);
  const place = `${url.hostname}:${port}`;
  const problem = await connect(url.hostname, port, url.protocol === 'smtp:');
  if (problem === undefined) return ok('mail.server', words('cli.doctor.mail', { place }));
  return warning(
    'mail.server',
    words('cli.doctor.mail-problem', { place, problem }),
    words('cli.doctor.mail-problem-advice'),
  );
}

function connect(host: string, port: number, greets: boolean): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 5000 });
    const end = (problem: string | undefined): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.on('timeout', () => end(words('cli.doctor.mail-silent')));
    socket.on('error', (error) => end(error.message));
    socket.on('connect', () => greets || end(undefined));
    socket.on('data', (data) => end(data.toString().startsWith('220') ? undefined : words('cli.doctor.mail-greeting')));
  });
}
