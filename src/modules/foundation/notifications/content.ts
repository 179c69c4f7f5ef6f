import { readFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { MailLayout, NoticeTemplate } from './rules/notice-template.ts';

const FOLDER = new URL('../../../../content/templates/notices/', import.meta.url);

export type NoticeContent = {
  readonly layout: MailLayout;
  templatesOf(topic: string): readonly NoticeTemplate[];
};

let loaded: NoticeContent | undefined;

/**
 * The notices of `content/templates/notices`, read once per process.
 * @throws Error naming file and place; a mistake of the installation, not of a user.
 */
export function getNoticeContent(): NoticeContent {
  loaded ??= readContent();
  return loaded;
}

function readContent(): NoticeContent {
  const { notices } = readNotice('dossier.yaml', Type.Object({ notices: Type.Array(NoticeTemplate, { minItems: 1 }) }));
  return {
    layout: readNotice('layout.yaml', MailLayout),
    templatesOf: (topic) => notices.filter((notice) => notice.topic === topic),
  };
}

/** A file of `content/templates/notices`. @throws Error naming file and place */
export function readNotice<S extends TSchema>(file: string, schema: S): Static<S> {
  const value: unknown = parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  if (Value.Check(schema, value)) return value as Static<S>;
  const [first] = Value.Errors(schema, value);
  throw new Error(`content/templates/notices/${file} ${first?.instancePath ?? ''}: ${first?.message ?? 'invalid'}`);
}
