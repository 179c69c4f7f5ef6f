/**
 * Who may import whom (ARCHITECTURE.md, “May import”). Every rule names its reason; a breach fails `npm run check`.
 * To let a module call another of its own area, add a line to CALLS and say why in the module's README.
 */
const TESTS = '\\.test\\.tsx?$|/testing\\.ts$|/testing/|/fixtures/|\\.test-support\\.ts$';

/** Areas of modules from the ground up: a module may call every module of an area further left. */
const AREAS = ['foundation', 'onestop', 'office', 'insight'];

/** Calls within one area: module → modules whose door (`index.ts`), pure rules and contract it may use. No circles. */
const CALLS = {
  foundation: {
    reference: [],
    audit: [],
    files: [],
    operation: ['audit'],
    identity: ['audit'],
    notifications: ['audit'],
    organisation: ['reference', 'audit'],
    calendar: ['reference', 'organisation', 'audit'],
    absence: ['reference', 'organisation', 'audit'],
  },
  onestop: {
    procedures: [],
    slips: [],
    dossiers: ['procedures', 'slips'],
    apologies: ['dossiers', 'slips'],
    statistics: ['dossiers'],
    warnings: ['dossiers'],
    retention: ['dossiers'],
    lateness: ['dossiers'],
    'calendar-plans': ['dossiers'],
    exports: ['dossiers'],
    forecast: ['dossiers'],
    'unit-health': ['dossiers'],
    boards: [],
    unattended: ['dossiers'],
    portal: ['procedures', 'dossiers'],
  },
  insight: {
    metrics: [],
    overview: ['metrics'],
    reports: ['metrics', 'registers'],
    indices: ['metrics'],
    registers: ['metrics'],
    surveys: [],
    targets: ['metrics'],
  },
};

const any = (names) => (names.length === 0 ? '(?!)' : `(?:${names.join('|')})`);

function moduleRules() {
  const rules = [];
  for (const [index, area] of AREAS.entries()) {
    const below = AREAS.slice(0, index);
    rules.push({
      name: `area-${area}`,
      comment: `${area} may call only the areas below it: ${below.join(', ') || 'none'}.`,
      severity: 'error',
      from: { path: `^src/modules/${area}/`, pathNot: TESTS },
      to: { path: '^src/modules/', pathNot: `^src/modules/${any([area, ...below])}/` },
    });
    for (const [name, called] of Object.entries(CALLS[area] ?? {})) {
      rules.push({
        name: `calls-of-${name}`,
        comment: `${area}/${name} may call ${called.join(', ') || 'no module'} of its area (table CALLS).`,
        severity: 'error',
        from: { path: `^src/modules/${area}/${name}/`, pathNot: TESTS },
        to: { path: `^src/modules/${area}/`, pathNot: `^src/modules/${area}/${any([name, ...called])}/` },
      });
    }
    const known = Object.keys(CALLS[area] ?? {});
    rules.push({
      name: `unlisted-module-in-${area}`,
      comment: 'A new module begins with a line in the table CALLS.',
      severity: 'error',
      from: { path: `^src/modules/${area}/`, pathNot: `^src/modules/${area}/${any(known)}/` },
      to: {},
    });
  }
  return rules;
}

const forbidden = [
  {
    name: 'no-circles',
    comment: 'A circle has no bottom to begin reading at.',
    severity: 'error',
    from: { path: '^src/' },
    // Types alone may point back: nothing runs.
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'imports-resolve',
    comment: 'An import that resolves to nothing.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/web/' },
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
  {
    name: 'core-is-pure',
    comment: 'core runs in the browser too: itself, and a few pure packages.',
    severity: 'error',
    from: { path: '^src/core/', pathNot: TESTS },
    to: {
      path: '^(src/|node_modules/|node:|fs$|path$|crypto$)',
      pathNot: '^(src/core/|node_modules/(typebox|@marcbachmann/cel-js|temporal-polyfill|temporal-spec|big.js)/)',
    },
  },
  {
    name: 'core-without-node',
    comment: 'No Node module in core.',
    severity: 'error',
    from: { path: '^src/core/', pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'rules-are-pure',
    comment: 'Rules of law are functions of their arguments: own rules, core, and rules of the modules they may call.',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/[^/]+/rules/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/(core/|modules/[^/]+/[^/]+/rules/)' },
  },
  {
    name: 'rules-without-node',
    comment: 'Rules run in the browser too: no Node module but `net`, whose isIP is pure (identity).',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/[^/]+/rules/', pathNot: TESTS },
    to: { dependencyTypes: ['core'], pathNot: '^(node:)?net$' },
  },
  {
    name: 'contract-is-pure',
    comment: 'The web imports contracts: they must not pull the server into the browser.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/([^/]+)/contract[^/]*\\.ts$' },
    to: {
      path: '^(src/|node_modules/)',
      pathNot: '^(src/core/|src/modules/$1/$2/(rules/|contract)|node_modules/typebox/)',
    },
  },
  {
    name: 'through-the-door',
    comment: "Another module is used by its door (index.ts), or by its pure rules, contract and ports' types.",
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/([^/]+)/', pathNot: TESTS },
    to: {
      path: '^src/modules/',
      pathNot: '^src/modules/($1/$2/|[^/]+/[^/]+/(index\\.ts$|rules/|contract[^/]*\\.ts$))',
    },
  },
  {
    name: 'store-names-its-own-tables',
    comment: 'A store sees the database and its own module, nobody else.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/([^/]+)/[^/]*store\\.ts$' },
    to: { path: '^src/', pathNot: '^src/(core/|platform/(db|errors)/|modules/$1/$2/)' },
  },
  {
    name: 'routes-know-no-store',
    comment: 'A route calls services; SQL below a route would pass by scope and audit.',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/[^/]+/[^/]*routes\\.ts$' },
    // The type of a row may be named.
    to: { path: 'store\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'modules-know-no-outside',
    comment: 'Modules know ports, not adapters; nothing below knows the app or the web.',
    severity: 'error',
    from: { path: '^src/modules/', pathNot: TESTS },
    to: { path: '^src/(app|adapters|web)/' },
  },
  {
    name: 'modules-use-http-only-in-routes',
    comment: 'Only routes, pages and cookies know HTTP.',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/[^/]+/[^/]*(service|store)\\.ts$' },
    to: { path: '^(src/platform/http/|node_modules/fastify)' },
  },
  {
    name: 'platform-knows-no-module',
    comment: 'platform → core.',
    severity: 'error',
    from: { path: '^src/platform/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/(platform|core)/' },
  },
  {
    name: 'adapters-fit-ports',
    comment: 'An adapter fits a port of a module; it knows nothing else of it.',
    severity: 'error',
    from: { path: '^src/adapters/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/(adapters|platform|core)/|^src/modules/[^/]+/[^/]+/ports\\.ts$' },
  },
  {
    name: 'web-sees-contracts-and-rules',
    comment: 'The web imports contracts, pure rules, core and itself.',
    severity: 'error',
    from: { path: '^src/web/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/(web|core)/|^src/modules/[^/]+/[^/]+/(rules/|contract[^/]*\\.ts$)' },
  },
  {
    name: 'console-and-portal-apart',
    comment: 'The staff console and the citizens’ portal share only src/web/shared.',
    severity: 'error',
    from: { path: '^src/web/(console|portal)/' },
    to: { path: '^src/web/(console|portal)/', pathNot: '^src/web/$1/' },
  },
  {
    name: 'nobody-imports-the-app',
    comment: 'app is the top.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/app/' },
    to: { path: '^src/app/' },
  },
  {
    name: 'tests-stay-tests',
    comment: 'Production code does not import tests or their builders.',
    severity: 'error',
    from: { path: '^src/', pathNot: `${TESTS}|^src/web/portal/sample-pages\\.ts$` },
    to: { path: '\\.test\\.tsx?$|^src/platform/testing/|^src/modules/[^/]+/[^/]+/testing(\\.ts$|/)' },
  },
  ...moduleRules(),
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|yaml|html|typ)$' },
    // Imports of types count: a type that points the wrong way is a dependency that points the wrong way.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
