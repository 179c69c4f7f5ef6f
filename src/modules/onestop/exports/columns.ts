import { type Day, dayOf } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import type { ColumnFormat } from '../../../platform/spreadsheet/sheet-cells.ts';
import type { DossierRowType } from '../dossiers/contract.ts';
import type { ColumnId } from './rules/column-ids.ts';

export type ExportColumn = {
  readonly id: ColumnId;
  readonly title: string;
  readonly width: number;
  readonly format: ColumnFormat;
  readonly value: (row: DossierRowType) => unknown;
};

const day = (instant: string | null): Day | null => (instant === null ? null : dayOf(new Date(instant)));

const COLUMNS: Readonly<Record<ColumnId, Omit<ExportColumn, 'id' | 'title'>>> = {
  code: { width: 28, format: 'text', value: (row) => row.code },
  owner: { width: 26, format: 'text', value: (row) => row.ownerName },
  'procedure-code': { width: 12, format: 'text', value: (row) => row.procedureCode },
  procedure: { width: 40, format: 'text', value: (row) => row.procedureName },
  subject: { width: 40, format: 'text', value: (row) => row.subject },
  channel: { width: 14, format: 'text', value: (row) => words(`console.channel.${row.channel}`) },
  status: { width: 18, format: 'text', value: (row) => row.statusName },
  light: { width: 16, format: 'text', value: (row) => words(`ui.light.${row.light}`) },
  step: { width: 22, format: 'text', value: (row) => row.stepName },
  'step-due': { width: 18, format: 'instant', value: (row) => row.stepDueAt },
  holder: { width: 24, format: 'text', value: (row) => row.holderStaffName },
  'holder-unit': { width: 30, format: 'text', value: (row) => row.holderUnitName },
  submitted: { width: 14, format: 'day', value: (row) => day(row.submittedAt) },
  received: { width: 14, format: 'day', value: (row) => day(row.receivedAt) },
  due: { width: 18, format: 'instant', value: (row) => row.dueAt },
};

/** Columns with their titles, in the order given. */
export const columnsOf = (ids: readonly ColumnId[]): readonly ExportColumn[] =>
  ids.map((id) => ({ id, title: words(`console.export.column.${id}`), ...COLUMNS[id] }));
