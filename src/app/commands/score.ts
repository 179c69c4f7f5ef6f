import fs from 'node:fs';
import path from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { IndicatorSet, Score } from '../../core/scoring/index.ts';
import { tellShapesInVietnamese } from '../../platform/messages/shapes.ts';
import { words } from '../../platform/messages/words.ts';
import { type Command, DataError, type Io, UsageError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { parseJson, readText } from './read-input.ts';
import { repeatedNames } from './repeated-names.ts';

const SETS = path.resolve(import.meta.dirname, '../../../content/sets');
const LEVELS = ['province', 'district', 'commune'];
const Numbers = Type.Record(Type.String(), Type.Number());
const Values = Type.Object(
  {
    points: Type.Optional(Numbers),
    parts: Type.Optional(Numbers),
    measures: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ numerator: Type.Number(), denominator: Type.Number() }, { additionalProperties: false }),
      ),
    ),
  },
  { additionalProperties: false },
);

/** `motcua score`: contracts §2. */
export const scoreCommand: Command = {
  async run(args, io) {
    const { values: options } = readOptions(args, {
      ...COMMON,
      set: { type: 'string' },
      values: { type: 'string' },
      level: { type: 'string' },
      setting: { type: 'string', multiple: true },
    });
    if (options.set === undefined) throw new UsageError(words('cli.score.no-set'));
    if (options.values === undefined) throw new UsageError(words('cli.score.no-values'));
    if (options.level !== undefined && !LEVELS.includes(options.level))
      throw new UsageError(words('cli.score.no-such-level', { level: options.level, levels: LEVELS.join(', ') }));
    tellShapesInVietnamese();
    const choices = readChoices(options.setting ?? []);
    const { chooseSettings, readSet, scoreSet } = await import('../../core/scoring/index.ts');
    const read = readSet(await loadSet(io, options.set));
    if (!read.ok) return told(io, options.json === true, read.findings);
    const chosen = chooseSettings(read.set, choices);
    if (!chosen.ok) throw new UsageError(chosen.unknown.map(sayUnknown).join(' '));
    const values = await loadValues(io, options.values);
    if (!values.ok) return told(io, options.json === true, values.errors);
    const reply = scoreSet(chosen.set, values.values, options.level);
    if (!reply.ok) return told(io, options.json === true, reply.errors);
    if (options.json) io.out(JSON.stringify(reply.score));
    else for (const line of plain(chosen.set, reply.score)) io.out(line);
    return 0;
  },
};

/** `online-split=two-four-six`, each once. */
function readChoices(typed: readonly string[]): Record<string, string> {
  const pairs = typed.map((text) => /^([^=]+)=(.+)$/.exec(text)?.slice(1) ?? []);
  const wrong = typed.find((_, at) => pairs[at]?.length !== 2);
  if (wrong !== undefined) throw new UsageError(words('cli.score.setting-form', { setting: wrong }));
  return Object.fromEntries(pairs.map(([setting = '', option = '']) => [setting, option]));
}

function sayUnknown(one: { setting: string; option: string | null; known: readonly string[] }): string {
  const { setting, option } = one;
  const known = one.known.join(', ') || '–';
  return option === null
    ? words('cli.score.no-such-setting', { setting, known })
    : words('cli.score.no-such-option', { setting, option, known });
}

function told(io: Io, json: boolean, errors: readonly { readonly message: string }[]): 1 {
  if (json) io.out(JSON.stringify({ errors }));
  for (const error of errors) io.note(error.message);
  return 1;
}

async function loadSet(io: Io, typed: string): Promise<unknown> {
  const known = /^[a-z0-9][a-z0-9.-]*$/.test(typed) ? path.join(SETS, `${typed}.yaml`) : undefined;
  const text = known && fs.existsSync(known) ? await fs.promises.readFile(known, 'utf8') : await readSetFile(io, typed);
  const { parse } = await import('yaml');
  try {
    return parse(text);
  } catch (error) {
    throw new DataError('set/unreadable', words('cli.score.set-unreadable', { set: typed, reason: yamlReason(error) }));
  }
}

/** What the reader of YAML says, in words and with the place. */
function yamlReason(error: unknown): string {
  const { code, linePos } = error as { code?: unknown; linePos?: readonly { line: number; col: number }[] };
  const [at] = linePos ?? [];
  if (!at) return words('cli.score.set-tangled');
  return code === 'DUPLICATE_KEY'
    ? words('cli.score.set-repeated', { line: at.line })
    : words('cli.score.set-place', { line: at.line, column: at.col });
}

async function readSetFile(io: Io, typed: string): Promise<string> {
  try {
    return await readText(io, typed);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const ids = fs.readdirSync(SETS).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));
    throw new UsageError(words('cli.score.no-such-set', { set: typed, sets: ids.join(', ') }));
  }
}

type Loaded =
  | { readonly ok: true; readonly values: Static<typeof Values> }
  | { readonly ok: false; readonly errors: readonly { path: string; code: string; message: string }[] };

async function loadValues(io: Io, typed: string): Promise<Loaded> {
  const text = await readText(io, typed);
  const data = parseJson(text, typed);
  const repeated = repeatedNames(text).map(({ name, line }) => ({
    path: '/',
    code: 'values/repeated',
    message: words('cli.score.values-repeated', { name, line }),
  }));
  if (repeated.length > 0) return { ok: false, errors: repeated };
  if (Value.Check(Values, data)) return { ok: true, values: data };
  const errors = Value.Errors(Values, data)
    // Said by the place of each key already.
    .filter((error) => error.keyword !== 'additionalProperties')
    .map(({ instancePath, message }) => {
      const place = instancePath || words('cli.score.root');
      const told = words('cli.score.values-shape', { place, reason: message });
      return { path: instancePath || '/', code: 'values/shape', message: told };
    });
  return { ok: false, errors };
}

const number = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 2 });

/** For people: what the set calls them, not the ids scripts use. */
function plain(set: IndicatorSet, score: Score): string[] {
  const criteria = (set.domains ?? []).flatMap((domain) => domain.criteria ?? []);
  const items = [
    ...(set.parts ?? []),
    ...(set.domains ?? []),
    ...criteria,
    ...criteria.flatMap((c) => c.criteria ?? []),
  ];
  const nameOf = (id: string): string => items.find((item) => item.id === id)?.name ?? id;
  const derived = (yes: boolean | undefined): string => (yes ? ` ${words('cli.score.derived')}` : '');
  const band = score.band ? ` — ${score.band}` : '';
  const weights = new Map((set.parts ?? []).map((part) => [part.id, part.derived]));
  return [
    set.name,
    ...score.parts.map(
      (part) =>
        `  ${nameOf(part.id)}\t${number(part.percent)} % × ${number(part.weight)}${derived(weights.get(part.id))} = ${number(part.points)}`,
    ),
    ...score.domains.map(
      (each) =>
        `  ${nameOf(each.id)}\t${number(each.points)}/${number(each.max)}\t${number(each.percent)} %${each.band ? `\t${each.band}` : ''}`,
    ),
    words('cli.score.total', { total: number(score.total), max: number(score.max), band }),
    ...(set.bands?.derived ? [words('cli.score.derived-bands')] : []),
    ...score.lost.map((each) => words('cli.score.lost', { points: number(each.points), name: nameOf(each.id) })),
  ];
}
