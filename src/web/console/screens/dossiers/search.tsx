import { type FormEvent, useEffect, useState } from 'react';
import { searchDossiers } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { given, useCall } from '../../data/use-call.ts';
import { setSearchText, useSearchText } from '../../search-text.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { DossierTable, ExportButton } from './dossier-table.tsx';

/** Whether a text looks like a number of an identity paper (9 or 12 digits): such a search needs a reason. */
export function looksLikeIdNumber(text: string): boolean {
  return /^(\d{9}|\d{12})$/.test(text.replaceAll(/[\s.]/g, ''));
}

/** Search over code, names, phone, ID number and content; the text stays out of the address. */
export default function Search() {
  const t = useTranslate();
  const text = useSearchText();
  const [typed, setTyped] = useState(text);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState<{ q: string; reason?: string }>();
  const needsReason = looksLikeIdNumber(typed);

  useEffect(() => {
    setTyped(text);
    if (text !== '' && !looksLikeIdNumber(text)) setAsked({ q: text });
  }, [text]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const q = typed.trim();
    if (q === '' || (needsReason && reason.trim() === '')) return;
    setAsked({ q, ...given({ reason: needsReason ? reason.trim() : undefined }) });
  }

  const query = useCall(searchDossiers, { body: { q: '', ...asked, limit: 100 } }, { enabled: asked !== undefined });
  const rows = query.data?.rows ?? [];
  return (
    <>
      <ScreenHead title={t('console.search.title')}>
        <ExportButton rows={rows} name="ket-qua-tim" />
      </ScreenHead>
      <form onSubmit={submit} className="search-form">
        <TextField
          id="search-text"
          label={t('console.search.text')}
          hint={t('console.search.hint')}
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {needsReason ? (
          <TextField
            id="search-reason"
            label={t('console.search.reason')}
            hint={t('console.search.reason-hint')}
            required
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        <Button>{t('console.search.submit')}</Button>
      </form>
      {asked === undefined ? null : (
        <Loaded query={query}>
          {(found) => (
            <>
              <p role="status">{t(`console.search.matched.${found.matchedBy}`, { count: found.rows.length })}</p>
              {found.suggestions.length > 0 ? (
                <p>
                  {t('console.search.did-you-mean')}{' '}
                  {found.suggestions.map((suggestion) => (
                    <Button
                      key={suggestion}
                      type="button"
                      look="link"
                      onClick={() => {
                        setSearchText(suggestion);
                        setTyped(suggestion);
                        setAsked({ q: suggestion });
                      }}
                    >
                      {suggestion}
                    </Button>
                  ))}
                </p>
              ) : null}
              {found.rows.length === 0 ? (
                <EmptyState title={t('console.search.empty')}>
                  <p>{t('console.search.empty-text')}</p>
                </EmptyState>
              ) : (
                <DossierTable rows={found.rows} caption={t('console.search.title')} />
              )}
            </>
          )}
        </Loaded>
      )}
    </>
  );
}
