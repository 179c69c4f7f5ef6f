import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { countHeldBy, handOverHeld } from '../../../../modules/onestop/unattended/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { notify } from '../../toasts.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Select } from '../../ui/select.tsx';

type Holding = ReplyOf<typeof countHeldBy>['rows'][number];

/** What a person still holds, before the last post ends: to be handed over now. Nothing where nothing is held. */
export function StaffHoldings({ staffId }: { staffId: string }) {
  const t = useTranslate();
  const held = useCall(countHeldBy, { params: { id: staffId } });
  if (!held.data || held.data.total === 0) return null;
  return (
    <section className="panel">
      <h3>{t('absence.leaving.title', { count: held.data.total })}</h3>
      <p>{t('absence.leaving.text')}</p>
      {held.data.rows.map((row) => (
        <HandOver key={`${row.unitId}${row.role}`} staffId={staffId} row={row} />
      ))}
    </section>
  );
}

function HandOver({ staffId, row }: { staffId: string; row: Holding }) {
  const t = useTranslate();
  const [to, setTo] = useState('');
  const { act, busy, error } = useAct([countHeldBy]);
  const { unitId, role } = row;
  async function give() {
    await act(async () => {
      const body = { unitId, role, staffId: to || null };
      const reply = await call(handOverHeld, { params: { id: staffId }, body });
      notify('success', t('absence.leaving.done', { count: reply.done }));
    });
  }
  return (
    <>
      <FailureNote error={error} />
      <Select
        id={`hand-over-${unitId}-${role}`}
        label={`${row.unitName}: ${t('absence.leaving.to-person')} (${row.dossiers})`}
        value={to}
        onChange={setTo}
        options={row.takers.map((one) => ({ value: one.staffId, label: `${one.name}, ${one.title}` }))}
        empty={t('absence.leaving.to-unit')}
      />
      <Button type="button" look="secondary" small disabled={busy} onClick={() => void give()}>
        {t('absence.leaving.hand-over')}
      </Button>
    </>
  );
}
