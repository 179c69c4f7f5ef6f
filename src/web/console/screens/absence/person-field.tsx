import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { findAbsencePeople } from '../../../../modules/foundation/absence/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { given, useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { TypeAhead } from '../../ui/type-ahead.tsx';

type Person = ReplyOf<typeof findAbsencePeople>['rows'][number];

/** Finds a colleague by part of the name: of my units, or with `actingFor` of that person's authority. */
export function PersonField({
  id,
  label,
  actingFor,
  onPerson,
}: {
  id: string;
  label: string;
  actingFor?: string;
  onPerson: (person: Person | null) => void;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState('');
  const q = useLater(text.trim());
  const found = useCall(
    findAbsencePeople,
    { query: { q, ...given({ for: actingFor }) } },
    { enabled: q.length >= 1 && text !== picked, staleTime: 30_000, keep: true },
  );
  return (
    <TypeAhead
      id={id}
      label={label}
      hint={t('absence.pick-person')}
      text={text}
      onText={(next) => {
        setText(next);
        onPerson(null);
      }}
      items={text === picked || q.length < 1 ? [] : (found.data?.rows ?? [])}
      itemKey={(person) => person.staffId}
      renderItem={(person) => (
        <>
          {person.name} <span className="hint">{person.title}</span>
        </>
      )}
      onPick={(person) => {
        setText(person.name);
        setPicked(person.name);
        onPerson(person);
      }}
      loading={found.isFetching}
      mustPick
    />
  );
}
