import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  getRegister,
  getRegisterEntry,
  getRegisterTrend,
  type ImportReplyType,
  importRegister,
  listRegisters,
} from '../../../../modules/insight/registers/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { WhoseSheet } from '../../ui/whose-sheet.tsx';
import { uploadCall } from './upload.ts';

const upload = uploadCall(importRegister);

/** From a file in three steps: take the template, check the filled-in file, write it as a whole. */
export default function ImportRegister() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const [filters] = useFilters();
  const query = given({ unitId: filters['don-vi'], periodId: filters.ky });
  const register = useCall(getRegister, { params: { id }, query });
  const [file, setFile] = useState<File>();
  const [told, setTold] = useState<ImportReplyType>();
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState(false);
  const { act, busy, error } = useAct([getRegister, listRegisters, getRegisterEntry, getRegisterTrend]);
  const { idempotencyKey } = useKey();

  return (
    <Loaded query={register} title={t('registers.import')}>
      {(data) => {
        const place = { unitId: data.unitId, periodId: data.period.id };
        const send = async (seen?: string): Promise<void> => {
          if (!file) return;
          const more = {
            query: { ...place, ...(seen ? { seen } : {}) },
            texts: { reason },
            ...(seen ? { idempotencyKey: `${idempotencyKey}-${seen}` } : {}),
          };
          await act(async () => setTold(await upload({ id: data.id }, file, more)));
        };
        return (
          <>
            <ScreenHead title={t('registers.import')}>
              <Link
                to="/so-nhap-tay/$id"
                params={{ id: data.id }}
                search={{ 'don-vi': data.unitId, ky: data.period.id } as never}
              >
                {t('registers.back-register')}
              </Link>
            </ScreenHead>
            <p>
              <strong>{data.name}</strong> · {data.unitName} · {data.period.name}
            </p>
            <h2>{t('registers.step-1')}</h2>
            <p>{t('registers.step-1-text')}</p>
            <p>
              <a
                className="button button--secondary"
                href={`/api/registers/${data.id}/template.xlsx?unitId=${place.unitId}&periodId=${encodeURIComponent(place.periodId)}`}
              >
                {t('registers.template')}
              </a>
            </p>
            <h2>{t('registers.step-2')}</h2>
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                void send();
              }}
            >
              <FileField
                id="import-file"
                label={t('registers.file')}
                hint={t('registers.file-hint')}
                accept=".xlsx"
                maxMib={5}
                onFile={(chosen) => {
                  setFile(chosen);
                  setTold(undefined);
                  setSure(false);
                }}
              />
              <FailureNote error={error} />
              <ButtonRow>
                <Button look={told ? 'secondary' : 'primary'} disabled={busy || file === undefined}>
                  {t('registers.check')}
                </Button>
              </ButtonRow>
            </form>
            {told ? (
              <>
                <h2>{t('registers.step-3')}</h2>
                <Outcome told={told} />
                {told.needsReason && !told.applied ? (
                  <TextAreaField
                    id="import-reason"
                    label={t('registers.reason')}
                    hint={t('registers.import-reason')}
                    rows={2}
                    maxLength={1000}
                    value={reason}
                    onChange={(event) => setReason(event.currentTarget.value)}
                  />
                ) : null}
                {told.unnamed && ready(told) ? (
                  <WhoseSheet
                    id="import-sure"
                    whose={`${data.name}, ${data.period.name}`}
                    sure={sure}
                    onSure={setSure}
                  />
                ) : null}
                {ready(told) ? (
                  <ButtonRow>
                    <Button
                      type="button"
                      disabled={busy || (told.needsReason && reason.trim() === '') || (told.unnamed && !sure)}
                      onClick={() => void send(told.seen)}
                    >
                      {t('registers.apply', { count: told.fresh + told.changed })}
                    </Button>
                  </ButtonRow>
                ) : null}
              </>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

/** Whether what was read may be written now. */
const ready = ({ applied, findings, fresh, changed }: ImportReplyType): boolean =>
  !applied && findings.length === 0 && fresh + changed > 0;

function Outcome({ told }: { told: ImportReplyType }) {
  const t = useTranslate();
  if (told.findings.length > 0)
    return (
      <>
        <div role="alert">
          <Note tone="danger">{t('registers.found', { count: told.findings.length })}</Note>
        </div>
        <Table
          caption={t('registers.findings')}
          rows={told.findings.map((row, at) => ({ ...row, key: String(at) }))}
          rowKey={(row) => row.key}
          columns={[
            { id: 'cell', label: t('registers.cell'), rowHead: true, cell: (row) => row.cell },
            { id: 'message', label: t('registers.finding'), cell: (row) => row.message },
          ]}
        />
      </>
    );
  return (
    <>
      <div role="status">
        <Note tone={told.applied ? 'success' : 'info'}>
          {told.applied
            ? t('registers.applied')
            : t(
                `registers.${told.rows === 0 ? 'nothing-read' : told.fresh + told.changed === 0 ? 'nothing-new' : 'ready'}`,
              )}
        </Note>
      </div>
      <Facts
        items={[
          { term: t('registers.lines-read'), value: told.rows },
          { term: t('registers.lines-fresh'), value: told.fresh },
          { term: t('registers.lines-changed'), value: told.changed },
          { term: t('registers.lines-same'), value: told.same },
        ]}
      />
    </>
  );
}
