import { formatDay } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import { type Sheet, type SheetColumn, writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import { lackOf, resultLines } from './result-lines.ts';
import type { SurveyResults } from './rules/result-document.ts';

/** Frozen results as a workbook: the figures of the page, what was answered question by question, and how it was asked. */
export function resultsXlsx(results: SurveyResults): Promise<Uint8Array> {
  return writeSheets([figures(results), answers(results), about(results)]);
}

const say = (key: string, places?: Parameters<typeof words>[1]): string => words(`server.survey-sheet.${key}`, places);
const column = (key: string, width: number, format: SheetColumn['format']): SheetColumn => ({
  title: say(key),
  width,
  format,
});
const span = (from: string, to: string): string => say('span', { from: formatDay(from), to: formatDay(to) });

/** What the workbook is, above every table. */
const head = (results: SurveyResults): string[] => [
  results.name,
  say('about', { unit: results.unitName, span: span(results.finishedFrom, results.finishedTo) }),
];

function figures(results: SurveyResults): Sheet {
  return {
    name: say('figures'),
    notes: [...head(results), say('interval', { minimum: results.minimum })],
    columns: [
      column('kind', 24, 'text'),
      column('name', 60, 'text'),
      column('group', 26, 'text'),
      column('answers', 12, 'integer'),
      column('index', 14, 'percent'),
      column('low', 12, 'percent'),
      column('high', 12, 'percent'),
      column('lack', 30, 'text'),
    ],
    rows: resultLines(results).map((line) => [
      line.kind,
      line.name,
      line.group,
      line.n,
      line.result?.percent ?? null,
      line.result?.low ?? null,
      line.result?.high ?? null,
      lackOf(line),
    ]),
  };
}

function answers(results: SurveyResults): Sheet {
  const factorName = new Map(results.factors.map((factor) => [factor.id, factor.name]));
  const asked = [
    ...results.criteria.map((one) => ({ ...one, factor: factorName.get(one.factorId) ?? '' })),
    ...results.others.map((one) => ({ ...one, factor: '', mean: null })),
  ];
  return {
    name: say('spread'),
    notes: head(results),
    columns: [
      column('factor', 30, 'text'),
      column('question', 60, 'text'),
      column('choice', 30, 'text'),
      column('people', 12, 'integer'),
      column('mean', 16, 'decimal'),
      column('lack', 30, 'text'),
    ],
    rows: asked.flatMap(({ factor, text, mean, spread }) =>
      spread === null
        ? [[factor, text, null, null, null, say('few')]]
        : spread.map((each, at) => [factor, text, each.text, each.n, at === 0 ? mean : null, null]),
    ),
  };
}

function about(results: SurveyResults): Sheet {
  const yesNo = (yes: boolean): string => words(yes ? 'surveys.yes' : 'surveys.no');
  const rows: readonly (readonly [string, string | number])[] = [
    [say('survey'), results.name],
    [say('unit'), results.unitName],
    [say('code'), results.code],
    [say('form'), results.formName],
    [say('method'), say(`method-${results.index}`)],
    [say('source'), results.source],
    [say('verified'), yesNo(results.verified)],
    [say('finished'), span(results.finishedFrom, results.finishedTo)],
    [say('open'), span(results.openFrom, results.openTo)],
    [say('frame'), results.frame],
    [say('drawn'), results.drawn],
    [say('walk-ins'), results.walkIns],
    [say('dropped'), results.papersDropped],
    ...results.channels.map(
      ({ channel, n }) => [say('by-channel', { channel: words(`surveys.channels.${channel}`) }), n] as const,
    ),
    [say('weighted'), yesNo(results.weighted)],
    [say('minimum'), results.minimum],
    [say('seed'), results.seed],
    [say('form-digest'), results.formDigest],
  ];
  return {
    name: say('method-sheet'),
    notes: head(results),
    columns: [column('item', 44, 'text'), column('content', 70, 'number')],
    rows,
  };
}
