import type { FastifyReply } from 'fastify';
import { sendMade } from '../../../platform/http/send-made.ts';
import { resultsCsv } from './csv.ts';
import type { SurveyResults } from './rules/result-document.ts';
import { resultsXlsx } from './xlsx.ts';

/** The files results go out as, for staff and for everybody. */
type ResultFile = {
  readonly ending: 'csv' | 'xlsx';
  make(results: SurveyResults): Promise<Uint8Array> | string;
};
export const resultFiles: readonly ResultFile[] = [
  { ending: 'csv', make: resultsCsv },
  { ending: 'xlsx', make: resultsXlsx },
];

export async function sendResultFile(
  reply: FastifyReply,
  file: ResultFile,
  results: SurveyResults,
  reader: 'staff' | 'anybody',
): Promise<FastifyReply> {
  const name = `khao-sat-${results.code}.${file.ending}` as const;
  return sendMade(reply, name, await file.make(results), { open: reader === 'anybody' });
}
