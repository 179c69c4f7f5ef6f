import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BodyOf, ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  getUnit,
  listUnitChildren,
  listUnits,
  previewSuccession,
  recordSuccession,
} from '../../../../modules/foundation/organisation/contract.ts';
import { SUCCESSION_KINDS } from '../../../../modules/foundation/organisation/rules/unit.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { type PickedUnit, UnitListField } from '../../ui/unit-list-field.tsx';

type Draft = BodyOf<typeof previewSuccession>;
type Preview = ReplyOf<typeof previewSuccession>;

const READS = [getUnit, listUnits, listUnitChildren];

/** Records a merger, split, renaming or abolition: filled in, previewed, confirmed. */
export default function Succession() {
  const t = useTranslate();
  const [kind, setKind] = useState<(typeof SUCCESSION_KINDS)[number]>('merge');
  const [date, setDate] = useState(useToday());
  const [from, setFrom] = useState<readonly PickedUnit[]>([]);
  const [to, setTo] = useState<readonly PickedUnit[]>([]);
  const [newName, setNewName] = useState('');
  const [endFrom, setEndFrom] = useState(true);
  const [source, setSource] = useState('');
  const [note, setNote] = useState('');
  const [seen, setSeen] = useState<{ of: string; preview: Preview }>();
  const { act, busy, error } = useAct(READS);
  const isRename = kind === 'rename';
  const draft: Draft = {
    kind,
    date,
    from: from.map((unit) => unit.id),
    to: isRename ? [] : to.map((unit) => unit.id),
    endFrom: endFrom && !isRename,
    ...(isRename ? { newName: newName.trim() } : {}),
  };
  const stamp = JSON.stringify(draft);
  const isFresh = seen?.of === stamp;
  const ready = from.length > 0 && date !== '';

  function preview() {
    void act(async () => {
      const reply = await call(previewSuccession, { body: draft });
      setSeen({ of: stamp, preview: reply });
    });
  }

  async function record() {
    const body = { ...draft, source: source.trim(), note: note.trim() || null };
    if (!(await act(() => call(recordSuccession, { body }), t('console.succession-edit.done')))) return;
    setFrom([]);
    setTo([]);
    setNewName('');
    setSeen(undefined);
  }

  return (
    <>
      <ScreenHead title={t('console.succession-edit.title')}>
        <Link to="/quan-tri/don-vi">{t('console.units.back')}</Link>
      </ScreenHead>
      <p>{t('console.succession-edit.text')}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) preview();
        }}
      >
        <Select
          id="succession-kind"
          label={t('console.succession-edit.kind')}
          value={kind}
          onChange={(value) => setKind(SUCCESSION_KINDS.find((one) => one === value) ?? kind)}
          options={SUCCESSION_KINDS.map((value) => ({ value, label: t(`console.succession.${value}`) }))}
        />
        <DayField
          id="succession-date"
          label={t('console.succession-edit.date')}
          day={date}
          onDay={setDate}
          optional={false}
        />
        <UnitListField
          id="succession-from"
          label={t(isRename ? 'console.succession-edit.renamed' : 'console.succession-edit.from')}
          units={from}
          onUnits={setFrom}
        />
        {isRename ? (
          <TextField
            id="succession-name"
            label={t('console.succession-edit.new-name')}
            value={newName}
            onChange={(event) => setNewName(event.currentTarget.value)}
          />
        ) : (
          <>
            <UnitListField id="succession-to" label={t('console.succession-edit.to')} units={to} onUnits={setTo} />
            <div className="checkbox">
              <input
                type="checkbox"
                id="succession-end"
                checked={endFrom}
                onChange={(event) => setEndFrom(event.currentTarget.checked)}
              />
              <label htmlFor="succession-end">{t('console.succession-edit.end-from')}</label>
            </div>
          </>
        )}
        <TextField
          id="succession-source"
          label={t('console.succession-edit.source')}
          maxLength={300}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <TextAreaField
          id="succession-note"
          label={t('console.succession-edit.note')}
          optional
          rows={2}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button look="secondary" disabled={busy || !ready}>
          {t('console.succession-edit.preview')}
        </Button>
      </form>
      <FailureNote error={error} />
      <div aria-live="polite">
        {seen && !isFresh ? <Note tone="warning">{t('console.succession-edit.changed')}</Note> : null}
        {seen && isFresh ? <Consequences preview={seen.preview} isRename={isRename} /> : null}
      </div>
      {seen && isFresh && seen.preview.problems.length === 0 ? (
        <ButtonRow>
          <Button type="button" disabled={busy || source.trim() === ''} onClick={() => void record()}>
            {t('console.succession-edit.confirm')}
          </Button>
        </ButtonRow>
      ) : null}
    </>
  );
}

function Consequences({ preview, isRename }: { preview: Preview; isRename: boolean }) {
  const t = useTranslate();
  const { problems, units, staff } = preview;
  if (problems.length > 0) {
    return (
      <Note tone="danger">
        <p>
          <strong>{t('console.succession-edit.problems')}</strong>
        </p>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Note>
    );
  }
  return (
    <section aria-labelledby="consequences-title">
      <h2 id="consequences-title">{t('console.succession-edit.consequences')}</h2>
      {isRename ? <p>{t('console.succession-edit.renames')}</p> : null}
      {!isRename && units.length === 0 ? <p>{t('console.succession-edit.nothing-ends')}</p> : null}
      {units.length > 0 ? (
        <>
          <Table
            caption={t('console.succession-edit.ending')}
            rows={units}
            rowKey={(row) => row.unitId}
            columns={[
              { id: 'name', label: t('console.units.name'), rowHead: true, cell: (row) => row.name },
              {
                id: 'heir',
                label: t('console.succession-edit.heir'),
                cell: (row) => row.heirName ?? t('console.succession-edit.no-heir'),
              },
              {
                id: 'dossiers',
                label: t('console.succession-edit.dossiers'),
                numeric: true,
                cell: (row) => row.openDossiers,
              },
            ]}
          />
          <h3>{t('console.succession-edit.staff')}</h3>
          {staff.length === 0 ? (
            <p>{t('console.succession-edit.nobody')}</p>
          ) : (
            <>
              <p className="hint">{t('console.succession-edit.staff-hint')}</p>
              <Table
                caption={t('console.succession-edit.staff')}
                hideCaption
                rows={staff}
                rowKey={(row) => row.staffId}
                columns={[
                  {
                    id: 'name',
                    label: t('console.dossier.name'),
                    rowHead: true,
                    cell: (row) => (
                      <Link to="/quan-tri/can-bo/$id" params={{ id: row.staffId }}>
                        {row.name}
                      </Link>
                    ),
                  },
                  {
                    id: 'positions',
                    label: t('console.succession-edit.positions'),
                    cell: (row) => row.positions.join('; '),
                  },
                  { id: 'grants', label: t('console.succession-edit.grants'), cell: (row) => row.grants.join('; ') },
                ]}
              />
            </>
          )}
        </>
      ) : null}
    </section>
  );
}
