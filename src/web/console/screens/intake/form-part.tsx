import { useMemo, useState } from 'react';
import { type CompiledForm, compileForm } from '../../../../core/forms/compile.ts';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import type { FormError } from '../../../../core/forms/errors.ts';
import { evaluateForm } from '../../../../core/forms/evaluate.ts';
import { NAME_PREFIX, valueAt, withValueAt } from '../../../../core/forms/paths.ts';
import { applyOperation } from '../../../../core/forms/post.ts';
import { pickUnits } from '../../../../modules/foundation/organisation/contract.ts';
import { FormFields } from '../../../shared/forms/form-fields.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { sendFile } from '../../data/upload.ts';
import { given, useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { notifyError } from '../../toasts.tsx';

/** Compiles the form of a procedure once per revision; undefined where the procedure has none. */
export function useForm(form: unknown): CompiledForm | undefined {
  return useMemo(() => {
    if (form === null || form === undefined) return undefined;
    const compiled = compileForm(form as FormDefinition);
    return compiled.ok ? compiled.form : undefined;
  }, [form]);
}

/**
 * The procedure's form at the counter: the citizen's renderer, controlled. Before the first try only fields already
 * left tell what is wrong with them.
 */
export function FormPart({
  form,
  values,
  onValues,
  today,
  serverErrors,
  tried,
}: {
  form: CompiledForm;
  values: Record<string, unknown>;
  onValues: (change: (values: Record<string, unknown>) => Record<string, unknown>) => void;
  today: string;
  /** What the server found, by path below the form. */
  serverErrors: readonly { path: string; code: string; message: string }[];
  tried: boolean;
}) {
  const t = useTranslate();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [unit, setUnit] = useState({ path: '', text: '' });
  const q = useLater(unit.text.trim());
  const units = useCall(pickUnits, { query: given({ q }) }, { enabled: q.length >= 2, staleTime: 60_000, keep: true });
  // Whether numbers reserved for the demo may pass is the server's to say; its errors come with the preview.
  const checked = useMemo(
    () => evaluateForm(form, values, { today, demo: true, mode: 'draft' }),
    [form, values, today],
  );
  const own = checked.errors.filter((error) => tried || left.has(error.path));
  const told = new Set(own.map((error) => error.path));
  const fromServer = tried
    ? serverErrors
        .filter((error) => !told.has(error.path))
        .map(
          (e): FormError => ({ path: e.path, fieldId: e.path.split('.')[0] ?? '', code: 'rule', message: e.message }),
        )
    : [];

  async function addFiles(path: string, files: readonly File[]) {
    for (const file of files) {
      try {
        const stored = await sendFile(file);
        const value = { fileId: stored.id, name: stored.name, mediaType: stored.mime, sizeBytes: stored.size };
        onValues((now) => {
          const present = valueAt(now, path);
          return withValueAt(now, path, [...(Array.isArray(present) ? (present as unknown[]) : []), value]);
        });
      } catch (error) {
        notifyError(error, t('console.intake.upload-failed', { name: file.name }));
      }
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens where the focus leaves, to tell what is wrong there
    <div
      className="counter-form"
      onBlur={(event) => {
        const name = (event.target as HTMLInputElement).name;
        if (name?.startsWith(NAME_PREFIX)) setLeft((now) => new Set([...now, name.slice(NAME_PREFIX.length)]));
      }}
    >
      <FormFields
        sections={checked.visible}
        binding={{
          idPrefix: 'form',
          errors: [...own, ...fromServer],
          typed: values,
          onChange: (path, value) => onValues((now) => withValueAt(now, path, value)),
          onOperation: (operation) => onValues((now) => applyOperation(now, operation)),
          onFiles: (path, files) => void addFiles(path, [...files]),
          onUnitSearch: (path, text) => setUnit({ path, text }),
          unitOptions: (path) =>
            path === unit.path
              ? (units.data?.rows ?? []).map((row) => ({
                  id: row.unitId,
                  label: [row.name, row.place].filter(Boolean).join(', '),
                  ...(row.code && row.level === 'commune' ? { communeCode: row.code } : {}),
                  ...(row.code && row.level === 'province' ? { provinceCode: row.code } : {}),
                }))
              : [],
        }}
      />
    </div>
  );
}
