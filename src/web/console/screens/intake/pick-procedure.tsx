import { useEffect, useState } from 'react';
import { listIntakeProcedures } from '../../../../modules/onestop/dossiers/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { given, useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { TypeAhead } from '../../ui/type-ahead.tsx';

/** Finds a procedure by code or words, with or without diacritics. */
export function PickProcedure({
  unitId,
  code,
  name,
  error,
  onPick,
}: {
  unitId: string;
  code: string;
  name: string | undefined;
  error: string | undefined;
  onPick: (code: string) => void;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const q = useLater(text.trim(), 150);
  const isChosen = code !== '' && text === shownName(code, name);
  const query = given({ q: isChosen ? undefined : q });
  const found = useCall(
    listIntakeProcedures,
    { query: { unitId, ...query } },
    { enabled: unitId !== '', staleTime: 60_000, keep: true },
  );

  // The chosen procedure's own name stands in the field as soon as it is known.
  useEffect(() => {
    if (code !== '') setText(shownName(code, name));
  }, [code, name]);

  return (
    <TypeAhead
      id="procedure"
      label={t('console.intake.procedure')}
      hint={t('console.intake.procedure-hint')}
      error={error ?? (found.error ? t('console.intake.procedures-failed') : undefined)}
      text={text}
      onText={setText}
      items={isChosen ? [] : (found.data?.rows ?? []).slice(0, 50)}
      itemKey={(row) => row.code}
      renderItem={(row) => (
        <>
          <span className="code">{row.code}</span> {row.name}
          <span className="hint">{[row.fieldName, row.limitText].filter(Boolean).join(' · ')}</span>
        </>
      )}
      onPick={(row) => {
        setText(shownName(row.code, row.name));
        onPick(row.code);
      }}
      loading={found.isFetching || (!isChosen && q !== text.trim())}
      mustPick
      autoFocus
    />
  );
}

function shownName(code: string, name: string | undefined): string {
  return name ? `${code} ${name}` : code;
}
