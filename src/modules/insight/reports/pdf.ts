import fs from 'node:fs';
import path from 'node:path';
import { parseInstant } from '../../../core/time/index.ts';
import { DocumentError } from '../../../platform/documents/document-error.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { CONTENT_DIR } from '../../foundation/reference/index.ts';
import type { ReportPageType } from './contract.ts';
import { headName, paperOf } from './paper.ts';
import { shownCell } from './shown-cell.ts';

/**
 * A report as PDF in office layout. A sent version prints the same for good; what is being filled in says that it is a draft.
 * @throws AppError service/unavailable where the printer is overrun
 */
export async function reportPdf(renderer: Renderer, page: ReportPageType): Promise<Buffer> {
  const paper = paperOf(page);
  const data = {
    ...paper,
    receiver: headName(paper.receiver),
    issuer: headName(paper.issuer),
    figures: paper.figures.map(({ label, text }) => `${label}: ${text}`),
    lines: paper.lines.map(({ kind, label, cells }) => ({
      heading: kind === 'heading',
      total: kind === 'total',
      label,
      cells: cells.map(shownCell),
    })),
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
