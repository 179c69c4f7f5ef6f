import { useEffect, useState } from 'react';
import type { IntakeReplyType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState, Loading } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useDesks } from '../../data/desks.ts';
import { useStore } from '../../store.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { intakeDraft, newDraft } from './draft.ts';
import { IntakeForm } from './intake-form.tsx';
import { Received } from './received.tsx';

/** The whole intake on one screen, worked by keyboard: Enter goes on, Ctrl+Enter receives. */
export default function Intake() {
  const t = useTranslate();
  const desks = useDesks();
  const [chosen, setChosen] = useState('');
  const [done, setDone] = useState<IntakeReplyType>();
  const draft = useStore(intakeDraft);
  const unitId = chosen || desks?.[0]?.id || '';
  const isDirty = done === undefined && (draft.procedureCode !== '' || draft.owner.fullName !== '');

  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);

  function next() {
    intakeDraft.set(newDraft(draft.channel));
    setDone(undefined);
  }

  if (desks === undefined) return <Loading />;
  if (desks.length === 0) {
    return (
      <>
        <ScreenHead title={t('console.intake.title')} />
        <EmptyState title={t('console.intake.no-desk')}>
          <p>{t('console.intake.no-desk-text')}</p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <ScreenHead title={t('console.intake.title')}>
        {isDirty ? (
          <Button type="button" look="secondary" small onClick={next}>
            {t('console.intake.clear')}
          </Button>
        ) : null}
      </ScreenHead>
      {done ? (
        <Received reply={done} onNext={next} />
      ) : (
        <>
          <p className="hint">{t('console.intake.keys')}</p>
          <IntakeForm key={draft.key} draft={draft} desks={desks} unitId={unitId} onUnit={setChosen} onDone={setDone} />
        </>
      )}
    </>
  );
}
