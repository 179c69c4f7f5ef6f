import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { listSurveyForms, makeSurveyForm } from '../../../../modules/insight/surveys/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { SurveyTabs } from './tabs.tsx';

/** Questionnaires: shipped, published, and drafts of the reader's units; any can be copied. */
export default function Forms() {
  const t = useTranslate();
  const forms = useCall(listSurveyForms, {});
  return (
    <>
      <ScreenHead title={t('surveys.forms')} />
      <SurveyTabs at="/khao-sat/phieu" />
      <p className="hint">{t('surveys.forms-intro')}</p>
      <Loaded query={forms}>
        {(reply) => (
          <>
            {reply.units.length > 0 ? (
              <Disclosure label={t('surveys.copy')}>{(close) => <CopyForm {...reply} close={close} />}</Disclosure>
            ) : null}
            <Table
              caption={t('surveys.forms')}
              hideCaption
              rows={reply.rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'name',
                  label: t('surveys.form'),
                  rowHead: true,
                  cell: (row) => (
                    <>
                      <Link to="/khao-sat/phieu/$id" params={{ id: row.id }} data-row="">
                        {row.name}
                      </Link>
                      <span className="hint">
                        {row.no > 0 ? t('surveys.code-no', { code: row.code, no: row.no }) : row.code}
                      </span>
                    </>
                  ),
                },
                { id: 'kind', label: t('surveys.kind'), cell: (row) => t(`surveys.kinds.${row.kind}`) },
                { id: 'questions', label: t('surveys.questions'), numeric: true, cell: (row) => row.questions },
                { id: 'from', label: t('surveys.valid-from'), cell: (row) => showDay(row.validFrom) },
                {
                  id: 'status',
                  label: t('surveys.status'),
                  cell: (row) => (
                    <>
                      <Tag tone={row.status === 'draft' ? 'amber' : 'green'}>{t(`surveys.statuses.${row.status}`)}</Tag>{' '}
                      {row.verified ? null : <Tag>{t('surveys.not-verified')}</Tag>}
                    </>
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

function CopyForm({ rows, units, close }: ReplyOf<typeof listSurveyForms> & { close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [fromId, setFrom] = useState('');
  const [unitId, setUnit] = useState(units[0]?.id ?? '');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy, error } = useAct([listSurveyForms]);
  const wrong = /^[a-z0-9][a-z0-9-]*$/.test(code) ? undefined : t('surveys.code-wrong');
  return (
    <form
      noValidate
      aria-label={t('surveys.copy')}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (wrong) return document.getElementById('copy-code')?.focus();
        let id = '';
        const send = async (): Promise<void> => {
          id = (await call(makeSurveyForm, { body: { ...(fromId ? { fromId } : {}), unitId, code } })).id;
        };
        void act(send, t('surveys.copied')).then((done) => {
          if (done) void navigate({ to: '/khao-sat/phieu/$id', params: { id } });
        });
      }}
    >
      <FailureNote error={error} />
      <div className="filters">
        <Select
          id="copy-from"
          label={t('surveys.copy-from')}
          value={fromId}
          onChange={setFrom}
          empty={t('surveys.copy-nothing')}
          options={rows.map((row) => ({ value: row.id, label: row.name }))}
        />
        <TextField
          id="copy-code"
          label={t('surveys.code')}
          hint={t('surveys.code-hint')}
          error={tried ? wrong : undefined}
          value={code}
          maxLength={40}
          code
          onChange={(event) => setCode(event.currentTarget.value.trim().toLowerCase())}
        />
        <Select
          id="copy-unit"
          label={t('surveys.unit')}
          value={unitId}
          onChange={setUnit}
          options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
        />
      </div>
      <FormButtons label={t('surveys.copy-now')} disabled={busy || unitId === ''} close={close} />
    </form>
  );
}
