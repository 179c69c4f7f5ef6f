import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { allReports, findReport, plainName } from './content.ts';
import { type FormRow, findForm, formsOn } from './form-store.ts';
import type { ReportDefinition } from './rules/form.ts';

/** A report with the form it has on a day; `formId`: designed in the console, null: of `content/reports`. */
export type ReportForm = { readonly report: ReportDefinition; readonly formId: string | null };

/** Whether a form is in force in some part of a period. */
export const isInForce = (
  { validFrom, validTo }: Pick<ReportDefinition, 'validFrom' | 'validTo'>,
  period: { readonly from: Day; readonly to: Day },
): boolean => validFrom <= period.to && (validTo === undefined || validTo >= period.from);

/** Every report with the form in force on a day: one designed in the console stands in place of the file's. */
export async function reportsOn(db: Db, day: Day): Promise<ReportForm[]> {
  const designed = new Map((await formsOn(db, day)).map((form) => [form.reportId, form]));
  const ofFiles = allReports().map((report) => asForm(designed.get(report.id)) ?? { report, formId: null });
  const files = new Set(allReports().map((report) => report.id));
  const more = [...designed.values()].filter((form) => !files.has(form.reportId));
  return [...ofFiles, ...more.flatMap((form) => asForm(form) ?? [])];
}

const asForm = (form: FormRow | undefined): ReportForm | undefined =>
  form && { report: form.definition, formId: form.id };

/** A report by its id or another name, with the form for periods that end on that day. */
export async function findReportOn(db: Db, name: string, day: Day): Promise<ReportForm | undefined> {
  const wanted = plainName(name);
  const all = await reportsOn(db, day);
  return all.find(({ report }) => [report.id, ...report.aliases].some((each) => plainName(each) === wanted));
}

/** Published forms never change, so what was read once stays true. */
const published = new Map<string, ReportDefinition>();

/** The form a report was given with. */
export async function definitionOf(
  db: Db,
  row: { readonly reportId: string; readonly formId: string | null },
): Promise<ReportDefinition | undefined> {
  if (row.formId === null) return findReport(row.reportId);
  const known = published.get(row.formId);
  if (known) return known;
  const form = await findForm(db, row.formId);
  if (form?.state !== 'published') return undefined;
  published.set(form.id, form.definition);
  return form.definition;
}
