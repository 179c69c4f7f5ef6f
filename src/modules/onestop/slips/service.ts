import { DocumentError } from '../../../platform/documents/document-error.ts';
import { qrSvg } from '../../../platform/documents/qr.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { getSlipContent } from './content.ts';
import { checkSlipData } from './rules/check-slip-data.ts';
import type { SlipForm, SlipFormSet } from './rules/form-sets.ts';
import { findFormSetOn } from './rules/form-sets.ts';
import type { SlipData } from './rules/slip-data.ts';
import type { SlipKind } from './rules/slip-kinds.ts';

export type SlipOrder<K extends SlipKind> = {
  readonly kind: K;
  /** Id of a form set, from {@link findFormSet} or the dossier's regime. */
  readonly setId: string;
  readonly data: SlipData<K>;
  /** Date inside the PDF file. Default: midnight (+07:00) of the paper's own date, so equal data gives equal bytes. */
  readonly createdAt?: Date;
};

export type Slip = {
  readonly pdf: Buffer;
  /** Name of the paper, also the title of the PDF: `Giấy tiếp nhận hồ sơ và hẹn trả kết quả`. */
  readonly title: string;
  /** Legal number within the set, `01`; `null` for RESULT. */
  readonly formNumber: string | null;
  readonly pages: number;
  /** Signs that no font could draw and that were printed as □ (emoji, foreign scripts). Tell the clerk when not empty. */
  readonly unprintable: readonly string[];
};

/**
 * Prints one paper as tagged PDF/A-2b.
 * @throws AppError `request/invalid` when data, set or kind do not fit (fields name each place, nothing was rendered);
 *   `service/unavailable` when the printer is overrun or closing
 * @throws DocumentError when a template is wrong
 */
export async function renderSlip<K extends SlipKind>(renderer: Renderer, order: SlipOrder<K>): Promise<Slip> {
  const form = getPrintable(order.kind, order.setId);
  const checked = checkSlipData(order.kind, order.data);
  if (!checked.ok) throw new AppError('request/invalid', { fields: checked.problems });
  const data: SlipData = checked.data;
  const title = 'typeName' in data ? `${data.typeName}${data.draft ? ' (dự thảo)' : ''}` : form.title;
  const content = getSlipContent();
  const { pdf, pages, unprintable } = await renderer
    .renderDocument({
      template: content.getTemplate(form.template),
      sources: {
        'layout.typ': content.getTemplate('layout.typ'),
        ...(order.kind === 'APOLOGY' ? { 'apology.typ': content.getTemplate('apology.typ') } : {}),
      },
      data: { slip: data, form: { ...form, title }, qr: 'checkUrl' in data ? qrSvg(data.checkUrl) : '' },
      title: 'dossierCode' in data ? `${title} – ${data.dossierCode}` : title,
      createdAt: order.createdAt ?? new Date(`${data.letterhead.date}T00:00:00+07:00`),
    })
    .catch((error: unknown) => {
      const isRefused = error instanceof DocumentError && (error.code === 'busy' || error.code === 'closed');
      throw isRefused ? new AppError('service/unavailable') : error;
    });
  return { pdf, pages, unprintable, title, formNumber: form.number };
}

/** Forms of a set in the order of their numbers. @throws AppError unknown set */
export function listForms(setId: string): readonly SlipForm[] {
  return getSet(setId).forms;
}

/** All sets with their legal source, validity and `verified` flag, for the administrator's page. */
export function listFormSets(): readonly SlipFormSet[] {
  return getSlipContent().sets;
}

/** The set in force on a day (`YYYY-MM-DD`, ends included): 2023-08-21 → `tt01-2018`; `undefined` before 21/6/2018. */
export function findFormSet(on: string): SlipFormSet | undefined {
  return findFormSetOn(getSlipContent().sets, on);
}

/** Whether a set has the form and a template for it; STOP is not in the 2018 set. RESULT can always be printed. */
export function canPrint(kind: SlipKind, setId: string): boolean {
  return kind === 'RESULT' || getSet(setId).forms.some((form) => form.kind === kind && form.template !== undefined);
}

function getSet(setId: string): SlipFormSet {
  const set = getSlipContent().sets.find((candidate) => candidate.id === setId);
  if (set === undefined) throw invalid('/setId', 'set-missing', `Không có bộ mẫu “${setId}”.`);
  return set;
}

type Printable = {
  readonly title: string;
  readonly template: string;
  readonly number: string | null;
  readonly withRegisterLine: boolean;
};

function getPrintable(kind: SlipKind, setId: string): Printable {
  const set = getSet(setId);
  if (kind === 'RESULT') {
    return { title: '', template: getSlipContent().resultTemplate, number: null, withRegisterLine: false };
  }
  const form = set.forms.find((candidate) => candidate.kind === kind);
  if (form?.template === undefined) throw invalid('/kind', 'form-missing', `${set.name} không có mẫu in ${kind}.`);
  const { title, template, number, withRegisterLine = false } = form;
  return { title, template, number, withRegisterLine };
}

function invalid(path: string, code: string, message: string): AppError {
  return new AppError('request/invalid', { fields: [{ path, code, message }] });
}
