import { Link } from '@tanstack/react-router';
import { listRegisterMentions, type MentionType } from '../../../../modules/insight/registers/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';

/** Lines of registers that refer to a result, or to one of many; none for who reads no registers. See `listRegisterMentions`. */
export function useMentions(of: string): readonly MentionType[] {
  const enabled = mayDo(useMe(), 'registers.read');
  return useCall(listRegisterMentions, { query: { of } }, { enabled }).data?.rows ?? [];
}

/** Who was commended for a result: each line with the way to it; nothing where nobody was. */
export function Mentions({ id, rows }: { id: string; rows: readonly MentionType[] }) {
  const t = useTranslate();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={`mentions-${id}`}>
      <h3 id={`mentions-${id}`}>{t('registers.result.mentions')}</h3>
      <ul>
        {rows.map((row) => (
          <li key={`${row.entryId} ${row.code}`}>
            <Link
              to="/so-nhap-tay/$id"
              params={{ id: row.registerId }}
              search={{ 'don-vi': row.unitId, ky: row.periodId, q: row.line } as never}
            >
              {row.name}: {row.text}
            </Link>
            <span className="hint">
              {row.unitName}. {row.label}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
