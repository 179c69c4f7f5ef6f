import Type, { type Static } from 'typebox';

/** One notice as content: what is told to whom when a topic happens. */
export const NoticeTemplate = Type.Object(
  {
    /** Topic of the event, e.g. `dossier.received`. */
    topic: Type.String({ pattern: '^[a-z-]+(\\.[a-z-]+)+$' }),
    /** `applicant`: account and e-mail of who filed; `holder`: the staff member who holds the dossier, in the application. */
    audience: Type.Union([Type.Literal('applicant'), Type.Literal('holder')]),
    /** Only for dossiers filed this way; absent: all. */
    channels: Type.Optional(
      Type.Array(Type.Union([Type.Literal('desk'), Type.Literal('online'), Type.Literal('post')]), { minItems: 1 }),
    ),
    subject: Type.String({ minLength: 1, maxLength: 150 }),
    body: Type.String({ minLength: 1, maxLength: 4000 }),
  },
  { additionalProperties: false },
);
export type NoticeTemplate = Static<typeof NoticeTemplate>;

/** Text around the body of an e-mail; `{{body}}` stands once in it. */
export const MailLayout = Type.Object(
  { mail: Type.String({ pattern: '\\{\\{body\\}\\}' }) },
  { additionalProperties: false },
);
export type MailLayout = Static<typeof MailLayout>;

/** Value of a place: text, lines of a list, or null for "not known, leave the line out". */
export type NoticeValue = string | readonly string[] | null;

/**
 * Fills `{{name}}` places of a plain text. A line with a place that is null (or an empty list) is left out whole. A
 * line that is nothing but a list's place becomes one line `- …` an item. Values are never read as places.
 * @throws Error for a place that is not among the values: a mistake in the template.
 * @example renderNotice('Hẹn trả: {{due}}', { due: null }) === ''
 */
export function renderNotice(text: string, values: Readonly<Record<string, NoticeValue>>): string {
  const lines = text.split('\n').flatMap((line) => renderLine(line, values));
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const PLACE = /\{\{([a-zA-Z]+)\}\}/g;

function renderLine(line: string, values: Readonly<Record<string, NoticeValue>>): readonly string[] {
  for (const [, name = ''] of line.matchAll(PLACE)) {
    const value = values[name];
    if (value === undefined) throw new Error(`unknown place {{${name}}}`);
    if (value === null || value.length === 0) return [];
  }
  const alone = values[/^\{\{([a-zA-Z]+)\}\}$/.exec(line.trim())?.[1] ?? ''];
  if (Array.isArray(alone)) return alone.map((item) => `- ${oneLine(item)}`);
  return [line.replace(PLACE, (_, name: string) => inline(values[name] ?? ''))];
}

function inline(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : value.map(oneLine).join('; ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Masks what could be an identity or phone number (9 or more digits, also with single blanks or dots between) in text
 * typed by people, before it leaves by mail. Dashes part numbers, so that dossier codes stay readable.
 * @example maskNumbers('CCCD 012 345 678 901 chưa rõ') === 'CCCD … chưa rõ'
 */
export function maskNumbers(text: string): string {
  return text.replace(/\d(?:[ .]?\d){8,}/g, '…');
}
