import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import type { IntakeBodyType } from './contract.ts';
import type { Prepared } from './prepare.ts';
import type { ComponentRow } from './store.ts';

/**
 * Refuses an intake whose form has errors, whose required papers are missing or whose fees cannot be computed.
 * @throws AppError dossier/form-invalid, dossier/components-missing, dossier/fee-unknown, each with the fields.
 */
export function checkPrepared(prepared: Prepared, body: IntakeBodyType): void {
  if (prepared.form.errors.length > 0) {
    throw new AppError('dossier/form-invalid', {
      fields: prepared.form.errors.map((e) => ({ path: `formValues.${e.path}`, code: e.code, message: e.message })),
    });
  }
  const provided = new Set(body.components.filter((c) => c.provided).map((c) => c.code));
  const missing = missingComponents(prepared, provided);
  if (missing.length > 0) {
    throw new AppError('dossier/components-missing', {
      params: { names: missing.map((c) => c.name).join('; ') },
      fields: missing.map((c) => ({
        path: `components.${c.id}`,
        code: 'missing',
        message: words('server.dossier.component-missing', { name: c.name }),
      })),
    });
  }
  // A fee nobody can compute must not become no fee. There is no way past it: what is missing is an answer of the form or
  // a rate of the procedure, and both are mended where they are missing.
  if (!prepared.fees.ok) {
    const { errors } = prepared.fees;
    throw new AppError('dossier/fee-unknown', {
      params: { reasons: errors.map((e) => e.message).join(' ') },
      fields: errors.map((e) => ({ path: `fees.${e.feeId}`, code: e.code, message: e.message })),
    });
  }
}

/** Papers still to be brought. The form filled in here stands for the paper form it replaces. */
export function missingComponents(prepared: Prepared, provided: ReadonlySet<string>): Prepared['components'] {
  return prepared.components.filter((c) => c.required && !isFilledHere(prepared, c) && !provided.has(c.id));
}

function isFilledHere(prepared: Prepared, component: { readonly form?: string | undefined }): boolean {
  return component.form !== undefined && prepared.revision.form !== null;
}

/** Rows of the papers asked for, with what was brought. `files`: names of attached files by id. */
export function componentRows(
  prepared: Prepared,
  body: IntakeBodyType,
  files: ReadonlyMap<string, string>,
): ComponentRow[] {
  const given = new Map(body.components.map((c) => [c.code, c]));
  return prepared.components
    .filter((c) => c.present !== 'note')
    .map((c, index) => {
      const input = given.get(c.id);
      return {
        seq: index + 1,
        code: c.id,
        name: c.name,
        originals: input?.originals ?? (input?.provided ? c.originals : 0),
        copies: input?.copies ?? (input?.provided ? c.copies : 0),
        required: c.required,
        provided: input?.provided ?? isFilledHere(prepared, c),
        source: input?.source ?? (input?.fileIds?.length ? 'file' : 'paper'),
        file_references: (input?.fileIds ?? []).map((id) => ({ id, name: files.get(id) ?? '' })),
        note: input?.note ?? null,
      };
    });
}
