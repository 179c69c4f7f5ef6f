// Content check: every YAML file below content/ and db/demo can be read, fits its schema, and procedures have no lint error.
// Needs no database. Prints one line per problem.
import fs from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { DEMO_ERAS, readDemoCodes, readDemoFile } from '../src/app/demo/demo-file.ts';
import { readCalendars } from '../src/modules/foundation/calendar/content.ts';
import { getNoticeContent } from '../src/modules/foundation/notifications/content.ts';
import { readOrganisationContent, readRoles } from '../src/modules/foundation/organisation/content.ts';
import { loadCatalogues, loadRegimes } from '../src/modules/foundation/reference/index.ts';
import { publishedFigures, shippedSets } from '../src/modules/insight/indices/content.ts';
import { contentForms, fieldGroups } from '../src/modules/insight/surveys/content.ts';
import { readProcedureContent } from '../src/modules/onestop/procedures/content.ts';
import { lintProcedure } from '../src/modules/onestop/procedures/rules/lint.ts';
import { getSlipContent } from '../src/modules/onestop/slips/content.ts';
import { loadMessages } from '../src/web/shared/i18n/load-messages.ts';

const root = path.resolve(import.meta.dirname, '..');
const problems: string[] = [];

for (const folder of ['content', 'db/demo']) {
  for (const entry of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(entry)) continue;
    const file = path.join(folder, entry);
    const document = parseDocument(fs.readFileSync(path.join(root, file), 'utf8'), { uniqueKeys: true });
    for (const error of [...document.errors, ...document.warnings]) problems.push(`${file}: ${error.message}`);
  }
}

const readers: Readonly<Record<string, () => unknown>> = {
  'content/regimes': () => loadRegimes(),
  'content/reference': () => loadCatalogues(),
  'content/units': () => readOrganisationContent(),
  'content/roles.yaml': () => readRoles(),
  'content/calendars': () => readCalendars(),
  'content/templates/notices': () => getNoticeContent(),
  'content/templates/slips': () => getSlipContent(),
  'content/messages': () => loadMessages(),
  'content/sets': () => shippedSets(),
  'content/published': () => publishedFigures(),
  'content/surveys': () => [contentForms(), fieldGroups()],
  'db/demo/unit-codes.yaml': () => readDemoCodes(),
  ...Object.fromEntries(DEMO_ERAS.map((era) => [`db/demo/${era}.yaml`, () => readDemoFile(era)])),
};
for (const [place, read] of Object.entries(readers)) {
  try {
    read();
  } catch (error) {
    problems.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const procedures = readProcedureContent();
for (const { file, path: at, message } of procedures.problems)
  problems.push(`content/procedures/${file}${at}: ${message}`);
for (const definition of procedures.definitions) {
  for (const finding of lintProcedure(definition)) {
    if (finding.severity !== 'error') continue;
    problems.push(`content/procedures/${definition.code}/${definition.revision}: ${JSON.stringify(finding)}`);
  }
}

// A role may grant only permissions that exist, and a demo person only roles that exist.
const roles = readRoles();
for (const [code, role] of Object.entries(roles.roles)) {
  for (const permission of role.permissions) {
    if (!Object.hasOwn(roles.permissions, permission))
      problems.push(`content/roles.yaml: ${code} grants unknown ${permission}`);
  }
}
for (const era of DEMO_ERAS) {
  for (const post of readDemoFile(era).staff.flatMap((person) => person.posts)) {
    if (post.role !== undefined && !Object.hasOwn(roles.roles, post.role))
      problems.push(`db/demo/${era}.yaml: unknown role ${post.role}`);
  }
}

for (const problem of problems) console.error(problem);
if (problems.length === 0)
  console.log(
    `content: ${procedures.definitions.length} procedures, ${Object.keys(readers).length} kinds of files, no problem`,
  );
process.exit(problems.length === 0 ? 0 : 1);
