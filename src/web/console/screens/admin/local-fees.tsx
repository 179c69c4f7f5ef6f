import { type FormEvent, useState } from 'react';
import { formatVnd, parseNumberVi } from '../../../../core/text/numbers.ts';
import { listLocalFees, setLocalFee } from '../../../../modules/onestop/procedures/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
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
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';

/** A fee of the procedure's definition that can be set here. */
export interface NamedFee {
  id: string;
  name: string;
}

/** Fees of a definition as JSON; what has no id or name is left out. */
export function feesOf(definition: unknown): NamedFee[] {
  if (typeof definition !== 'object' || definition === null || !('fees' in definition)) return [];
  const fees: unknown[] = Array.isArray(definition.fees) ? definition.fees : [];
  return fees.flatMap((fee) =>
    typeof fee === 'object' && fee !== null && 'id' in fee && typeof fee.id === 'string'
      ? [{ id: fee.id, name: 'name' in fee && typeof fee.name === 'string' ? fee.name : fee.id }]
      : [],
  );
}

/** Amounts the province's people's council decided: dated, never overwritten. */
export function LocalFees({ code, fees }: { code: string; fees: readonly NamedFee[] }) {
  const t = useTranslate();
  const me = useMe();
  const list = useCall(listLocalFees, { params: { code } });
  const nameOf = (id: string) => fees.find((fee) => fee.id === id)?.name ?? id;
  if (fees.length === 0) return null;
  return (
    <section aria-labelledby="local-fees-title">
      <h3 id="local-fees-title">{t('console.local-fees.title')}</h3>
      <Loaded query={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p>{t('console.local-fees.none')}</p>
          ) : (
            <Table
              caption={t('console.local-fees.title')}
              hideCaption
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                { id: 'fee', label: t('console.local-fees.fee'), rowHead: true, cell: (row) => nameOf(row.feeId) },
                {
                  id: 'amount',
                  label: t('console.local-fees.amount'),
                  numeric: true,
                  cell: (row) => formatVnd(row.amountVnd),
                },
                { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
                {
                  id: 'to',
                  label: t('console.to'),
                  cell: (row) => showDay(row.validTo) || t('console.units.open-end'),
                },
                { id: 'decision', label: t('console.local-fees.decision'), cell: (row) => row.decision },
              ]}
            />
          )
        }
      </Loaded>
      {mayDo(me, 'procedure.publish') ? (
        <Disclosure label={t('console.local-fees.set')}>
          {(close) => <SetFee code={code} fees={fees} close={close} />}
        </Disclosure>
      ) : null}
    </section>
  );
}

function SetFee({ code, fees, close }: { code: string; fees: readonly NamedFee[]; close: () => void }) {
  const t = useTranslate();
  const [feeId, setFeeId] = useState(fees[0]?.id ?? '');
  const [amount, setAmount] = useState('');
  const [decision, setDecision] = useState('');
  const [validFrom, setValidFrom] = useState(useToday());
  const [wrong, setWrong] = useState(false);
  const { act, busy, error } = useAct([listLocalFees]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const amountVnd = parseNumberVi(amount);
    const isAmount = amountVnd !== undefined && Number.isSafeInteger(amountVnd) && amountVnd >= 0;
    setWrong(!isAmount);
    if (!isAmount) return;
    const body = { feeId, amountVnd, validFrom, decision: decision.trim() };
    if (await act(() => call(setLocalFee, { params: { code }, body }), t('console.saved'))) close();
  }

  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <Select
        id="fee-id"
        label={t('console.local-fees.fee')}
        value={feeId}
        onChange={setFeeId}
        options={fees.map((fee) => ({ value: fee.id, label: fee.name }))}
      />
      <TextField
        id="fee-amount"
        label={t('console.action.amount')}
        short
        inputMode="numeric"
        autoComplete="off"
        value={amount}
        error={wrong ? t('console.action.need-amount') : undefined}
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <TextField
        id="fee-decision"
        label={t('console.local-fees.decision')}
        value={decision}
        onChange={(event) => setDecision(event.currentTarget.value)}
      />
      <DayField id="fee-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <FormButtons label={t('console.local-fees.set')} disabled={busy || decision.trim() === ''} close={close} />
    </form>
  );
}
