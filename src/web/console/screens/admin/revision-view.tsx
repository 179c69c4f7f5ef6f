import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  copyProcedureRevision,
  discardProcedureDraft,
  getProcedureRevision,
  listCatalogue,
  listProcedureRevisions,
  publishProcedureDraft,
  updateProcedureDraft,
} from '../../../../modules/onestop/procedures/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { Facts } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { feesOf, LocalFees } from './local-fees.tsx';
import { isRow, nameOfRow, placeOf, rowsOf } from './procedure-draft.ts';
import { ProcedureEditor } from './procedure-editor.tsx';

type Revision = ReplyOf<typeof getProcedureRevision>;

const READS = [getProcedureRevision, listProcedureRevisions, listCatalogue];
const TONES = { error: 'red', warning: 'amber', info: 'blue' } as const;

/** One revision: what the linter says, its content, and what can be done with it. */
export function RevisionView({ id }: { id: string }) {
  const t = useTranslate();
  const placeInWords = (path: string, definition: unknown): string => {
    const { member, index } = placeOf(path);
    if (member === '') return '';
    const part = t(`console.place.${member}`);
    const row = index === undefined || !isRow(definition) ? undefined : rowsOf(definition, member)[index];
    return index === undefined ? part : `${part} ${index + 1} ${nameOfRow(row)}`;
  };
  const revision = useCall(getProcedureRevision, { params: { id } });
  return (
    <Loaded query={revision}>
      {(data) => (
        <>
          <h2>{t('console.procedures.detail', { revision: data.revision })}</h2>
          <Facts
            items={[
              { term: t('console.procedures.field'), value: data.fieldName },
              {
                term: t('console.units.level'),
                value: data.levels.map((level) => t(`console.level.${level}`)).join(', '),
              },
              { term: t('console.from'), value: showDay(data.validFrom) },
              { term: t('console.to'), value: showDay(data.validTo) },
              { term: t('console.procedures.origin'), value: t(`console.origin.${data.origin}`) },
              ...partsOf(data.definition).map(({ key, count }) => ({
                term: t(`console.part.${key}`),
                value: String(count),
              })),
            ]}
          />
          <Acts revision={data} />
          <LocalFees code={data.code} fees={feesOf(data.definition)} />
          <h3>{t('console.procedures.findings', { count: data.findings.length })}</h3>
          <ul className="findings">
            {data.findings.map((finding) => (
              <li key={`${finding.rule} ${finding.path} ${finding.message}`}>
                <Tag tone={TONES[finding.severity]}>{t(`console.severity.${finding.severity}`)}</Tag> {finding.message}{' '}
                <span className="hint">{placeInWords(finding.path, data.definition)}</span>
              </li>
            ))}
          </ul>
          <Content revision={data} />
        </>
      )}
    </Loaded>
  );
}

const PARTS = ['cases', 'components', 'fees', 'steps', 'results', 'legalBases'] as const;

/** How much of each part a definition has. */
function partsOf(definition: unknown): { key: string; count: number }[] {
  if (typeof definition !== 'object' || definition === null) return [];
  const record = definition as Record<string, unknown>;
  return PARTS.flatMap((key) => (Array.isArray(record[key]) ? [{ key, count: record[key].length }] : []));
}

function Acts({ revision }: { revision: Revision }) {
  const t = useTranslate();
  const me = useMe();
  const { act, busy, error } = useAct(READS);
  const errors = revision.findings.filter((finding) => finding.severity === 'error').length;
  const params = { id: revision.id };
  const body = { version: revision.version };
  return (
    <>
      <FailureNote error={error} />
      {revision.status === 'draft' ? (
        <ButtonRow>
          {mayDo(me, 'procedure.publish') ? (
            <Button
              type="button"
              disabled={busy || errors > 0}
              onClick={() =>
                void act(() => call(publishProcedureDraft, { params, body }), t('console.procedures.published'))
              }
            >
              {t('console.procedures.publish')}
            </Button>
          ) : null}
          {mayDo(me, 'procedure.edit') ? (
            <Button
              type="button"
              look="secondary"
              disabled={busy}
              onClick={() =>
                void act(() => call(discardProcedureDraft, { params, body }), t('console.procedures.discarded'))
              }
            >
              {t('console.procedures.discard')}
            </Button>
          ) : null}
          {errors > 0 ? <span className="hint">{t('console.procedures.has-errors', { count: errors })}</span> : null}
        </ButtonRow>
      ) : null}
      {mayDo(me, 'procedure.edit') ? (
        <Disclosure label={t('console.procedures.copy')}>
          {(close) => <Copy revision={revision} close={close} />}
        </Disclosure>
      ) : null}
    </>
  );
}

function Copy({ revision, close }: { revision: Revision; close: () => void }) {
  const t = useTranslate();
  const [name, setName] = useState('');
  const [validFrom, setValidFrom] = useState(useToday());
  const { act, busy, error } = useAct(READS);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const work = () =>
          call(copyProcedureRevision, { params: { id: revision.id }, body: { revision: name.trim(), validFrom } });
        void act(work, t('console.procedures.copied')).then((done) => {
          if (done) close();
        });
      }}
    >
      <FailureNote error={error} />
      <TextField
        id="copy-name"
        label={t('console.procedures.revision')}
        short
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <DayField id="copy-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <Button small disabled={busy || name.trim() === ''}>
        {t('console.procedures.copy')}
      </Button>
    </form>
  );
}

/** The content: of a draft in sections, for experts as JSON; linted when saved. Of others to read. */
function Content({ revision }: { revision: Revision }) {
  const t = useTranslate();
  const me = useMe();
  const [expert, setExpert] = useState(false);
  const { act, busy, error } = useAct(READS);
  if (revision.status !== 'draft' || !mayDo(me, 'procedure.edit')) {
    return (
      <details>
        <summary>{t('console.procedures.content')}</summary>
        <pre className="raw">{JSON.stringify(revision.definition, null, 2)}</pre>
      </details>
    );
  }
  function save(definition: unknown) {
    const body = { version: revision.version, definition };
    void act(() => call(updateProcedureDraft, { params: { id: revision.id }, body }), t('console.saved'));
  }
  return (
    <section aria-labelledby="edit-title">
      <h3 id="edit-title">{t('console.procedure-edit.title')}</h3>
      <ButtonRow>
        <Button type="button" look="secondary" small aria-pressed={!expert} onClick={() => setExpert(false)}>
          {t('console.procedure-edit.by-sections')}
        </Button>
        <Button type="button" look="secondary" small aria-pressed={expert} onClick={() => setExpert(true)}>
          {t('console.procedure-edit.as-json')}
        </Button>
      </ButtonRow>
      <FailureNote error={error} />
      {expert ? (
        <JsonEditor key={revision.version} definition={revision.definition} busy={busy} onSave={save} />
      ) : (
        <ProcedureEditor key={revision.version} revision={revision} busy={busy} onSave={save} />
      )}
    </section>
  );
}

function JsonEditor({
  definition,
  busy,
  onSave,
}: {
  definition: unknown;
  busy: boolean;
  onSave: (definition: unknown) => void;
}) {
  const t = useTranslate();
  const [text, setText] = useState(() => JSON.stringify(definition, null, 2));
  const [broken, setBroken] = useState<string>();
  function save() {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (failure) {
      setBroken(t('console.procedures.bad-json', { reason: failure instanceof Error ? failure.message : '' }));
      return;
    }
    setBroken(undefined);
    onSave(value);
  }
  return (
    <>
      <TextAreaField
        id="definition"
        label={t('console.procedures.content')}
        rows={30}
        spellCheck={false}
        error={broken}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="button" small disabled={busy} onClick={save}>
        {t('console.save')}
      </Button>
    </>
  );
}
