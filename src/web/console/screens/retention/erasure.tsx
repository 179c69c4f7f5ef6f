import { type FormEvent, useState } from 'react';
import type { OrderBody } from '../../../../modules/onestop/retention/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { Decisions } from './decisions.tsx';
import { Propose } from './propose.tsx';

/** Lawful erasure: counted first, proposed with its ground, approved by somebody else. */
export default function Erasure() {
  const t = useTranslate();
  const [code, setCode] = useState('');
  const [scope, setScope] = useState<'dossier' | 'person'>('dossier');
  const [order, setOrder] = useState<OrderBody>();
  function preview(event: FormEvent) {
    event.preventDefault();
    setOrder({ kind: 'erasure', code: code.trim(), scope });
  }
  return (
    <>
      <ScreenHead title={t('console.menu.erasure')} />
      <p className="hint">{t('console.retention.intro-erasure')}</p>
      <form className="filters" onSubmit={preview} noValidate>
        <TextField
          id="erasure-code"
          label={t('console.retention.code')}
          code
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Select
          id="erasure-scope"
          label={t('console.retention.scope')}
          value={scope}
          onChange={(value) => setScope(value === 'person' ? 'person' : 'dossier')}
          options={[
            { value: 'dossier', label: t('console.retention.scope-dossier') },
            { value: 'person', label: t('console.retention.scope-person') },
          ]}
        />
        <Button look="secondary" disabled={code.trim() === ''}>
          {t('console.retention.preview')}
        </Button>
      </form>
      {order ? <Propose key={JSON.stringify(order)} order={order} onDone={() => setOrder(undefined)} /> : null}
      <Decisions kind="erasure" />
    </>
  );
}
