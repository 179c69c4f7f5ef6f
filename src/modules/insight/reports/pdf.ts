import fs from 'node:fs';
import path from 'node:path';
import { parseInstant } from '../../../core/time/index.ts';
import { DocumentError } from '../../../platform/documents/document-error.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { CONTENT_DIR } from '../../foundation/reference/index.ts';
import type { ReportPageType } from './contract.ts';
import { headLevels } from './rules/heads.ts';

const shown = (value: number | string | null | undefined): string =>
  typeof value === 'number' ? value.toLocaleString('vi-VN', { maximumFractionDigits: 2 }) : (value ?? '');

/**
 * A report as PDF in office layout. A sent version prints the same for good; what is being filled in says that it is a draft.
 * @throws AppError service/unavailable where the printer is overrun
 */
export async function reportPdf(renderer: Renderer, page: ReportPageType): Promise<Buffer> {
  const lines = [...page.rows, ...(page.total ? [page.total] : [])].map((row) => ({
    heading: row.kind === 'heading',
    total: row.kind === 'total',
    label: row.label,
    cells: page.columns.map((column) => (column.kind === 'label' ? row.label : shown(row.cells[column.no]))),
  }));
  const data = {
    receiver: page.receiverName ?? '',
    unit: page.unitName,
    code: page.reportCode,
    name: page.reportName,
    period: page.periodName,
    status: page.no === 0 ? 'Bản đang lập, chưa gửi' : `Bản ${page.no}`,
    columns: page.columns.map(({ no, kind, type }) => ({ no, kind, text: kind === 'label' || type === 'text' })),
    heads: headLevels(page.columns),
    lines,
    figures: page.figures.map(
      ({ label, percent }) => `${label}: ${percent === null ? 'không có số liệu' : `${shown(percent)} %`}`,
    ),
    sections: page.sections.map(({ id, no, title, text }) => ({
      title: `${no}. ${title}`,
      lines: text ? (page.texts[id] ?? '').split('\n').filter((line) => line.trim() !== '') : [],
    })),
    notes: [
      ...(page.note ? [`Ghi chú: ${page.note}`] : []),
      ...page.warnings.map((each) => each.message),
      ...page.notes,
    ],
  };
  const template = await fs.promises.readFile(path.join(CONTENT_DIR, 'templates/reports/report.typ'), 'utf8');
  const createdAt = parseInstant(page.computedAt) ?? new Date(0);
  return renderer
    .renderPdf({ template, data, title: `${page.reportCode} – ${page.unitName} – ${page.periodId}`, createdAt })
    .catch((error: unknown) => {
      const refused = error instanceof DocumentError && (error.code === 'busy' || error.code === 'closed');
      throw refused ? new AppError('service/unavailable') : error;
    });
}
