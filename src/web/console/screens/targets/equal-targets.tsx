import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ApiError } from '../../api-error.ts';

type Existing = { readonly id: string; readonly unitName: string };

/** Ways to the targets a unit has already, where a refusal names them; what was typed stays, so they open beside it. */
export function EqualTargets({ error }: { error: unknown }) {
  const t = useTranslate();
  if (!(error instanceof ApiError) || error.code !== 'target/equal') return null;
  const { existing } = error.problem;
  const found = Array.isArray(existing) ? existing.filter(isExisting) : [];
  if (found.length === 0) return null;
  return (
    <ul>
      {found.map((one) => (
        <li key={one.id}>
          <Link to="/chi-tieu/$id" params={{ id: one.id }} target="_blank">
            {t('targets.open-existing', { unit: one.unitName })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const isExisting = (one: unknown): one is Existing =>
  typeof one === 'object' &&
  one !== null &&
  'id' in one &&
  typeof one.id === 'string' &&
  'unitName' in one &&
  typeof one.unitName === 'string';
