import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { IntakeReplyType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showInstant } from '../../data/format.ts';

/** After reception: the code, the due date, the slip in one keystroke, and the next person. */
export function Received({ reply, onNext }: { reply: IntakeReplyType; onNext: () => void }) {
  const t = useTranslate();
  const print = useRef<HTMLAnchorElement>(null);
  useEffect(() => print.current?.focus(), []);
  return (
    <section className="panel panel--success" aria-labelledby="received-title">
      <h2 id="received-title">{t('console.intake.received')}</h2>
      <p className="received-code code" role="status">
        {reply.code}
      </p>
      <Facts
        items={[
          { term: t('console.list.received'), value: showInstant(reply.receivedAt) },
          { term: t('console.intake.due'), value: <strong>{showInstant(reply.dueAt)}</strong> },
        ]}
      />
      <ButtonRow>
        <a
          ref={print}
          className="button"
          href={`/api/dossiers/${reply.id}/slips/RECEIPT.pdf`}
          target="_blank"
          rel="noreferrer"
        >
          {t('console.intake.print-receipt')}
        </a>
        <Button type="button" look="secondary" onClick={onNext}>
          {t('console.intake.next')}
        </Button>
        <Link to="/ho-so/$id" params={{ id: reply.id }}>
          {t('console.intake.open')}
        </Link>
      </ButtonRow>
    </section>
  );
}
