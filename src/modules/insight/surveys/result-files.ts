import type { FastifyReply } from 'fastify';
import { resultsCsv } from './csv.ts';
import type { SurveyResults } from './rules/result-document.ts';
import { resultsXlsx } from './xlsx.ts';

/** The files results go out as, for staff and for everybody. */
type ResultFile = {
  readonly ending: 'csv' | 'xlsx';
  readonly type: string;
  make(results: SurveyResults): Promise<string | Buffer> | string;
};
export const resultFiles: readonly ResultFile[] = [
  { ending: 'csv', type: 'text/csv; charset=utf-8', make: resultsCsv },
  {
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    make: async (results) => Buffer.from(await resultsXlsx(results)),
  },
];

export async function sendResultFile(
  reply: FastifyReply,
  file: ResultFile,
  results: SurveyResults,
): Promise<FastifyReply> {
  return reply
    .type(file.type)
    .header('content-disposition', `attachment; filename="khao-sat-${results.code}.${file.ending}"`)
    .send(await file.make(results));
}
