import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { AUDIT_ACTIONS } from '../modules/foundation/audit/rules/actions.ts';
import { readRoles } from '../modules/foundation/organisation/content.ts';

const SRC = path.resolve(import.meta.dirname, '..');
const GROUPS = Object.keys(AUDIT_ACTIONS).join('|');

/** Source of the server that writes entries of the trail, by path; the generator of volumes makes up its own. */
const files = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(modules|app)\/.*\.ts$/.test(file) && !/\.test\.ts$|testing\/|^app\/(volume|bench)/.test(file))
  .map((file) => [file, fs.readFileSync(path.join(SRC, file), 'utf8')] as const);
const writers = files.filter(([, text]) => /foundation\/audit\/index\.ts'|readings\.note|\baction: string/.test(text));
const isKnown = (group: string, name: string) => AUDIT_ACTIONS[group]?.includes(name) ?? false;

/** Literal names after `action:` (either side of a choice), and full names handed to a function that records. */
function literalsOf(text: string): string[] {
  const inPlace = [...text.matchAll(/\baction(?::| =) ([^;{}]*?)[,;]\n/g)].flatMap(([, value = '']) =>
    [...value.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, name = '']) => name),
  );
  const handed = [...text.matchAll(new RegExp(`(?<!:)[(,\\s]'((?:${GROUPS})\\.[a-z-]+)',`, 'g'))].map(
    ([, name = '']) => name,
  );
  const permissions = readRoles().permissions;
  return [...inPlace, ...handed.filter((name) => !Object.hasOwn(permissions, name))];
}

test('every act that the source writes into the trail can be chosen, and so has words', () => {
  const written = writers.flatMap(([file, text]) => literalsOf(text).map((name) => `${name} (${file})`));
  expect(written.length).toBeGreaterThan(50);
  const silent = written.filter((line) => {
    const [group = '', name = ''] = line.split(' ')[0]?.split('.') ?? [];
    return !isKnown(group, name);
  });
  expect(silent).toEqual([]);
});

test('acts whose names are put together come from known families', () => {
  const families = files.flatMap(([file, text]) =>
    [...text.matchAll(/action: `([a-z-]+)\.\$\{|audit\w*\(.*`([a-z-]+)\.\$\{/g)].map(
      ([, one, other]) => `${one ?? other} ${file.split('/').slice(1).join('/')}`,
    ),
  );
  // A new one: put its acts into AUDIT_ACTIONS, then name it here.
  expect(families.sort()).toEqual([
    'apology onestop/apologies/exemption-service.ts',
    'apology onestop/apologies/record.ts',
    'calendar-plan onestop/calendar-plans/order-service.ts',
    'calendar-plan onestop/calendar-plans/work-service.ts',
    'dossier onestop/dossiers/command-service.ts',
    'dossier onestop/dossiers/money-service.ts',
    'index insight/indices/record.ts',
    'register-design insight/registers/design-service.ts',
    'report insight/reports/act-record.ts',
    'report-exchange insight/reports/client-service.ts',
    'unit-health onestop/unit-health/act-service.ts',
  ]);
  const kindsOf = (file: string, pattern: RegExp) =>
    [...fs.readFileSync(path.join(SRC, 'modules/onestop', file), 'utf8').matchAll(pattern)].map(
      ([, name = '']) => name,
    );
  const commands = kindsOf('dossiers/rules/commands.ts', /readonly kind: '([a-z-]+)'/g);
  expect(commands.length).toBeGreaterThan(20);
  expect(commands.filter((kind) => !isKnown('dossier', kind))).toEqual([]);
  const apologies = ['issue', 'proposal'].flatMap((part) =>
    kindsOf(`apologies/${part}-service.ts`, /\baction: '([a-z-]+)'/g),
  );
  expect(apologies.length).toBeGreaterThan(6);
  expect(apologies.filter((act) => !isKnown('apology', act))).toEqual([]);
});

test('every kind of object that entries are about has words', () => {
  const { audit } = parse(fs.readFileSync('content/messages/console.vi.yaml', 'utf8')) as {
    audit: { 'object-type': Record<string, string> };
  };
  const types = writers.flatMap(([, text]) =>
    [...text.matchAll(/object: \{ type: '([a-z-]+)'/g)].map(([, t = '']) => t),
  );
  expect(types.length).toBeGreaterThan(20);
  expect([...new Set(types)].filter((type) => !audit['object-type'][type])).toEqual([]);
});
