import { Link } from '@tanstack/react-router';
import { readResult, resultParts } from '../../../../modules/insight/registers/rules/result.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/**
 * A result a line refers to, as it stood when it was entered, with the way to it.
 * @param open codes of the results the reader may open; another one is gone or not theirs to read, and has no way to it
 */
export function ResultLink({ value, open }: { value: string | number | null | undefined; open: readonly string[] }) {
  const t = useTranslate();
  const result = readResult(value);
  if (!result) return '–';
  const label = result.label || result.code;
  if (!open.includes(result.code))
    return (
      <>
        {label} <span className="hint">{t('registers.result.gone')}</span>
      </>
    );
  const [kind, id = '', unitId = '', period = '', cutoff = ''] = resultParts(result.code) ?? [];
  switch (kind) {
    case 'index':
      // A round of ours has a page; what others published stands in its table only.
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? (
        <Link to="/chi-so/dot/$id" params={{ id }}>
          {label}
        </Link>
      ) : (
        <Link to="/chi-so/xep-hang" search={{ bang: id } as never}>
          {label}
        </Link>
      );
    case 'target':
      return (
        <Link to="/chi-tieu/$id" params={{ id }}>
          {label}
        </Link>
      );
    case 'survey':
      return (
        <Link to="/khao-sat/$id" params={{ id }}>
          {label}
        </Link>
      );
    case 'metric':
      return (
        <Link
          to="/so-lieu"
          search={{ 'so-lieu': id, 'don-vi': unitId, ky: period, 'pham-vi': 'tree', chot: cutoff } as never}
        >
          {label}
        </Link>
      );
    case undefined:
      return label;
  }
}
