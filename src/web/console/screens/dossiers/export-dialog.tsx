import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import {
  changeExportTemplate,
  createExportTemplate,
  type ExportTemplateType,
  listExportTemplates,
  removeExportTemplate,
} from '../../../../modules/onestop/exports/contract.ts';
import { COLUMN_IDS, type ColumnId, MOST_ROWS, USUAL } from '../../../../modules/onestop/exports/rules/column-ids.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { saveFile } from '../../data/file-links.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useMe } from '../../session.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));

/** Takes the whole list out as a workbook, in columns chosen here or kept as a template. */
export function ExportDialog({
  filters,
  onClose,
}: {
  filters: Readonly<Record<string, string | boolean | undefined>>;
  onClose: () => void;
}) {
  const t = useTranslate();
  const query = useCall(listExportTemplates, {});
  return (
    <Suspense>
      <Dialog title={t('console.export.title')} onClose={onClose}>
        <p>{t('console.export.text', { most: MOST_ROWS })}</p>
        <Loaded query={query}>{({ rows }) => <Choice templates={rows} filters={filters} onClose={onClose} />}</Loaded>
      </Dialog>
    </Suspense>
  );
}

function Choice({
  templates,
  filters,
  onClose,
}: {
  templates: readonly ExportTemplateType[];
  filters: Readonly<Record<string, string | boolean | undefined>>;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [chosen, setChosen] = useState('');
  const [columns, setColumns] = useState<readonly ColumnId[]>(USUAL);
  const { act, busy, error } = useAct([]);
  const template = templates.find((one) => one.id === chosen);
  const choose = (id: string): void => {
    setChosen(id);
    setColumns(templates.find((one) => one.id === id)?.columns ?? USUAL);
  };
  const given = Object.entries(filters).filter((entry): entry is [string, string | boolean] => entry[1] !== undefined);
  const address = new URLSearchParams([
    ...given.map(([name, value]): [string, string] => [name, String(value)]),
    ['columns', columns.join()],
  ]);
  return (
    <>
      <FailureNote error={error} />
      <Select
        id="export-template"
        label={t('console.export.template')}
        value={chosen}
        onChange={choose}
        options={templates.map((one) => ({
          value: one.id,
          label: one.unitName === null ? one.name : t('console.export.shared', { name: one.name, unit: one.unitName }),
        }))}
        empty={t('console.export.usual')}
      />
      <fieldset className="tick-grid">
        <legend>{t('console.export.columns')}</legend>
        {COLUMN_IDS.map((id) => (
          <Tick
            key={id}
            id={`export-${id}`}
            label={t(`console.export.column.${id}`)}
            checked={columns.includes(id)}
            onChange={(checked) =>
              setColumns(COLUMN_IDS.filter((one) => (one === id ? checked : columns.includes(one))))
            }
          />
        ))}
      </fieldset>
      {columns.length === 0 ? <p role="alert">{t('console.export.none')}</p> : null}
      <ButtonRow>
        <Button
          type="button"
          small
          disabled={columns.length === 0 || busy}
          onClick={() =>
            void act(() => saveFile(`/api/dossiers/export.xlsx?${address}`), t('console.export.made-file'))
          }
        >
          {t(busy ? 'console.export.making' : 'console.export.download')}
        </Button>
        <Button type="button" look="link" onClick={onClose}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
      <Disclosure label={t('console.export.save')}>
        {() => (
          <Save
            key={chosen}
            columns={columns}
            template={template?.mine ? template : undefined}
            onSaved={setChosen}
            onRemoved={() => choose('')}
          />
        )}
      </Disclosure>
    </>
  );
}

/** Keeps the columns under a name, for oneself or for a unit one works for. */
function Save({
  columns,
  template,
  onSaved,
  onRemoved,
}: {
  columns: readonly ColumnId[];
  template: ExportTemplateType | undefined;
  /** What is ticked stays: it is what was saved. */
  onSaved: (id: string) => void;
  onRemoved: () => void;
}) {
  const t = useTranslate();
  const me = useMe();
  const [name, setName] = useState(template?.name ?? '');
  const [unitId, setUnitId] = useState(template?.unitId ?? '');
  const { act, busy, error } = useAct([listExportTemplates]);
  const client = useQueryClient();
  /** Changed or removed in another tab since: its newest version is fetched, what is typed here stays. */
  const changed = async (acting: Promise<boolean>): Promise<boolean> => {
    const done = await acting;
    if (!done) await client.invalidateQueries({ queryKey: [listExportTemplates.id] });
    return done;
  };
  const draft = { name: name.trim(), columns: [...columns], unitId: unitId === '' ? null : unitId };
  const disabled = busy || draft.name === '' || columns.length === 0;
  const saveNew = async (): Promise<void> => {
    let id = '';
    const run = async (): Promise<void> => {
      ({ id } = await call(createExportTemplate, { body: draft }));
    };
    if (await act(run, t('console.export.saved'))) onSaved(id);
  };
  return (
    <form
      noValidate
      aria-label={t('console.export.save')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!template) void saveNew();
        else {
          const body = { version: template.version, ...draft };
          const params = { id: template.id };
          void changed(act(() => call(changeExportTemplate, { params, body }), t('console.export.saved')));
        }
      }}
    >
      <FailureNote error={error} />
      <TextField
        id="export-name"
        label={t('console.export.name')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        id="export-unit"
        label={t('console.export.share')}
        value={unitId}
        onChange={setUnitId}
        options={(me?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
        empty={t('console.export.only-me')}
      />
      <ButtonRow>
        <Button small disabled={disabled}>
          {t(template ? 'console.export.save-changes' : 'console.export.save-new')}
        </Button>
        {template ? (
          <Button
            type="button"
            look="link"
            disabled={busy}
            onClick={() => {
              const run = () => call(removeExportTemplate, { params: { id: template.id } });
              void changed(act(run, t('console.export.removed'))).then((done) => done && onRemoved());
            }}
          >
            {t('console.export.remove', { name: template.name })}
          </Button>
        ) : null}
      </ButtonRow>
    </form>
  );
}
