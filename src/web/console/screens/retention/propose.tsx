import { type FormEvent, useState } from 'react';
import {
  listDecisions,
  listDue,
  type OrderBody,
  previewOrder,
  proposeOrder,
} from '../../../../modules/onestop/retention/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { OrderView } from './order-view.tsx';

/** The dry run of an order, and its proposal with a legal ground. */
export function Propose({ order, onDone }: { order: OrderBody; onDone: () => void }) {
  const t = useTranslate();
  const [reason, setReason] = useState('');
  const preview = useCall(previewOrder, { body: { order } }, { staleTime: 0 });
  const { act, busy, error } = useAct([listDecisions, listDue]);
  const key = useKey();
  async function propose(event: FormEvent) {
    event.preventDefault();
    const done = await act(
      () => call(proposeOrder, { body: { order, reason: reason.trim() } }, key),
      t('console.retention.proposed'),
    );
    if (done) onDone();
  }
  return (
    <Loaded query={preview}>
      {(found) => (
        <section className="panel" aria-label={t('console.retention.preview')}>
          <OrderView order={found} />
          {found.items.every((item) => item.blocking === null) ? (
            <form onSubmit={propose} noValidate>
              <FailureNote error={error} />
              <TextAreaField
                id="order-reason"
                label={t('console.retention.reason')}
                hint={t('console.retention.reason-hint')}
                rows={2}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button disabled={busy || reason.trim().length < 5}>
                {t(`console.retention.propose-${order.kind}`)}
              </Button>
            </form>
          ) : null}
        </section>
      )}
    </Loaded>
  );
}
