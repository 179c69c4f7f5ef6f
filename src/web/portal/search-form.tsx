import { Button } from '../shared/design/button.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';

/** Search for a procedure, with or without diacritics. `keep` are filters that stay. */
export function SearchForm({
  q,
  big = false,
  keep = {},
}: {
  q: string;
  big?: boolean;
  keep?: Readonly<Record<string, string>>;
}) {
  const t = useTranslate();
  return (
    <search>
      <form method="get" action="/thu-tuc" className={big ? 'search-form search-form--big' : 'search-form'}>
        <label className="label" htmlFor="q">
          {t('portal.search.label')}
        </label>
        <span className="hint" id="q-hint">
          {t('portal.search.hint')}
        </span>
        <div className="search-form__row">
          <input
            id="q"
            name="q"
            type="search"
            className="input"
            defaultValue={q}
            maxLength={200}
            aria-describedby="q-hint"
            autoComplete="off"
          />
          {Object.entries(keep).map(([name, value]) =>
            value === '' ? null : <input key={name} type="hidden" name={name} value={value} />,
          )}
          <Button>{t('portal.search.submit')}</Button>
        </div>
      </form>
    </search>
  );
}
