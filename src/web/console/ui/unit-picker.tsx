import { useState } from 'react';
import { listUnits } from '../../../modules/foundation/organisation/contract.ts';
import { given, useCall } from '../data/use-call.ts';
import { useLater } from '../data/use-later.ts';
import { TypeAhead } from './type-ahead.tsx';

/** Finds a unit by name or code; tells its id and name, both empty while none is chosen. */
export function UnitPicker({
  id,
  label,
  initialText = '',
  onUnit,
  error,
}: {
  id: string;
  label: string;
  initialText?: string;
  onUnit: (unitId: string, name: string) => void;
  error?: string | undefined;
}) {
  const [text, setText] = useState(initialText);
  const [picked, setPicked] = useState(initialText);
  const q = useLater(text.trim());
  const found = useCall(
    listUnits,
    { query: { ...given({ q }), pageSize: 30 } },
    { enabled: q.length >= 2 && text !== picked, staleTime: 60_000, keep: true },
  );
  return (
    <TypeAhead
      id={id}
      label={label}
      error={error}
      text={text}
      onText={(next) => {
        setText(next);
        onUnit('', '');
      }}
      items={text === picked || q.length < 2 ? [] : (found.data?.rows ?? [])}
      itemKey={(row) => row.unitId}
      renderItem={(row) => (
        <>
          {row.name} <span className="hint">{[row.code, row.place].filter(Boolean).join(' · ')}</span>
        </>
      )}
      onPick={(row) => {
        setText(row.name);
        setPicked(row.name);
        onUnit(row.unitId, row.name);
      }}
      loading={found.isFetching}
    />
  );
}
