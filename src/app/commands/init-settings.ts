import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { readFilesKey } from '../../adapters/storage/encryption.ts';
import { isDay } from '../../core/time/index.ts';
import { words } from '../../platform/messages/words.ts';
import { DataError } from './command.ts';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 300 });
const Code = Type.Union([Type.String({ pattern: '^[0-9]{2,5}$' }), Type.Integer({ minimum: 1, maximum: 99_999 })]);

/** What `init.yaml` may say; `docs/install.md` shows it whole. Unknown keys are refused: a typing error must not pass. */
export const InitSettings = Type.Object(
  {
    /** Statistical (GSO) code of the people's committee, on the day of `init`. */
    unit: Code,
    /** Name shown on pages; the committee's own where absent. */
    name: Type.Optional(Text),
    /** Template of `content/units/offices.yaml` for a unit whose offices are not known. */
    offices: Type.Optional(Text),
    administrator: Type.Object(
      {
        fullName: Text,
        login: Text,
        email: Type.Optional(Text),
        phone: Type.Optional(Text),
        title: Type.Optional(Text),
        /** Absent: a one-time password is made and told once. */
        password: Type.Optional(Type.String()),
      },
      strict,
    ),
    /** What people type: `https://motcua.example.gov.vn`. */
    publicUrl: Type.String({ pattern: '^https?://[^/\\s]+/?$' }),
    listen: Type.Optional(
      Type.Object(
        { host: Type.Optional(Text), port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })) },
        strict,
      ),
    ),
    /** Absent: nothing is mailed. */
    smtp: Type.Optional(Type.Object({ url: Type.String({ pattern: '^smtps?://' }), from: Text }, strict)),
    storage: Type.Optional(
      Type.Object(
        {
          dataDir: Type.Optional(Text),
          /** True makes a key; a text is the key itself. */
          encryptFiles: Type.Optional(Type.Union([Type.Boolean(), Text])),
        },
        strict,
      ),
    ),
    /** Absent: the PostgreSQL that comes with the project. */
    database: Type.Optional(
      Type.Object({ url: Type.String({ pattern: '^postgres(ql)?://' }), readUrl: Type.Optional(Text) }, strict),
    ),
    /** National identity; absent: citizens cannot sign in, guests can file where the procedure allows it. */
    oidc: Type.Optional(Type.Object({ issuer: Text, clientId: Text, clientSecret: Type.Optional(Text) }, strict)),
    /** Public unit data to take in at once. */
    units: Type.Optional(
      Type.Array(Type.Object({ file: Text, validFrom: Text, validTo: Type.Optional(Text) }, strict), { maxItems: 10 }),
    ),
  },
  strict,
);
export type InitSettings = Static<typeof InitSettings>;

/** Reads and checks the text of `init.yaml`. @throws DataError naming every place that does not fit. */
export function readInitSettings(text: string): InitSettings {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new DataError(
      'init/not-yaml',
      words('cli.init.not-yaml', { reason: error instanceof Error ? error.message : '' }),
    );
  }
  return checkInitSettings(value);
}

/** @throws DataError `init/invalid` */
export function checkInitSettings(value: unknown): InitSettings {
  if (!Value.Check(InitSettings, value)) {
    const lines = Value.Errors(InitSettings, value).map(
      (e) => `  ${e.instancePath.replaceAll('/', '.').slice(1) || words('cli.init.whole-file')}: ${e.message}`,
    );
    throw new DataError('init/invalid', [words('cli.init.invalid'), ...new Set(lines)].join('\n'));
  }
  for (const { file, validFrom, validTo } of value.units ?? [])
    if (!isDay(validFrom) || (validTo !== undefined && !isDay(validTo)))
      throw new DataError('init/invalid', words('cli.init.units-day', { file }));
  const key = value.storage?.encryptFiles;
  try {
    if (typeof key === 'string') readFilesKey(key);
  } catch (error) {
    throw new DataError('init/invalid', error instanceof Error ? error.message : String(error));
  }
  return value;
}
