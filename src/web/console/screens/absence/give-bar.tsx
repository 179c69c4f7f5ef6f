import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { findTakers, giveUnattended, listUnattended } from '../../../../modules/onestop/unattended/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { notify } from '../../toasts.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Select } from '../../ui/select.tsx';

type Row = ReplyOf<typeof listUnattended>['rows'][number];

/** Gives the chosen dossiers to somebody who may take them, or back to their unit. */
export function GiveBar({ rows, onDone }: { rows: readonly Row[]; onDone: () => void }) {
  const t = useTranslate();
  const [staffId, setStaffId] = useState('');
  const [first] = rows;
  const alike = rows.every((row) => row.unitId === first?.unitId && row.role === first.role);
  const takers = useCall(
    findTakers,
    { query: { unitId: first?.unitId ?? '', role: first?.role ?? '' } },
    { enabled: first !== undefined && alike },
  );
  const { act, busy, error } = useAct([listUnattended]);
  if (!first) return null;
  const offered = alike
    ? (takers.data?.rows ?? []).filter((one) => !rows.some((row) => row.staffId === one.staffId))
    : [];
  async function give() {
    const dossiers = rows.map(({ id, version }) => ({ id, version }));
    const done = await act(async () => {
      const reply = await call(giveUnattended, { body: { dossiers, staffId: staffId || null } });
      notify('success', t('absence.unattended.done', { count: reply.done }));
      if (reply.failed.length === 0) return;
      const codes = reply.failed.map((one) => rows.find((row) => row.id === one.id)?.code ?? '').join(', ');
      notify('danger', t('absence.unattended.failed', { count: reply.failed.length, codes }));
    });
    if (done) onDone();
  }
  return (
    <div className="panel no-print">
      <FailureNote error={error} />
      <p role="status">{t('absence.unattended.chosen', { count: rows.length })}</p>
      <Select
        id="give-to"
        label={t('absence.unattended.assign-to')}
        value={staffId}
        onChange={setStaffId}
        options={offered.map((one) => ({ value: one.staffId, label: `${one.name}, ${one.title}` }))}
        empty={t('absence.unattended.to-unit')}
        hint={alike ? undefined : t('absence.unattended.mixed')}
      />
      <Button type="button" small disabled={busy} onClick={() => void give()}>
        {t('absence.unattended.assign')}
      </Button>
    </div>
  );
}
