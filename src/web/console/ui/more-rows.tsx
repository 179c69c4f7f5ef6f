import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import type { Translate } from '../../shared/i18n/translator.ts';
import { ApiError } from '../api-error.ts';
import type { CursorList } from '../data/use-call.ts';

/** Foot of a list read by cursor: how many are shown, the next ones, and why they did not come. */
export function MoreRows<Row>({ list }: { list: CursorList<Row> }) {
  const t = useTranslate();
  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, error } = list.query;
  const { fetchNextPage, refetch } = list.query;
  const count = list.rows?.length ?? 0;
  const failed = isFetchNextPageError && !isFetching;
  const label = isFetchingNextPage ? 'ui.state.loading' : failed ? 'console.again' : 'console.list.more';
  return (
    <>
      {failed ? <NextFailed error={error} count={count} /> : null}
      <div className="button-row no-print">
        <span role="status">{t(hasNextPage ? 'console.list.shown-of-more' : 'console.list.shown', { count })}</span>
        {hasNextPage ? (
          // Not `disabled` while it asks: who goes by keys would lose the place.
          <Button
            type="button"
            look="secondary"
            aria-disabled={isFetching}
            onClick={() => {
              if (!isFetching) void (failed && isMarkRefused(error) ? refetch() : fetchNextPage());
            }}
          >
            {t(label)}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function NextFailed({ error, count }: { error: unknown; count: number }) {
  const t = useTranslate();
  const reference = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div className="note note--danger no-print" role="alert">
      <p>
        <strong>{t('console.list.more-failed', { count })}</strong> {reasonText(error, t)}
      </p>
      {reference ? (
        <p>
          {t('ui.state.reference')}: <span className="code">{reference}</span>
        </p>
      ) : null}
    </div>
  );
}

/** Where the list went on is unknown to the server by now: the same question would be refused again. */
const isMarkRefused = (error: unknown): boolean => error instanceof ApiError && error.status === 400;

function reasonText(error: unknown, t: Translate): string {
  if (isMarkRefused(error)) return t('console.list.mark-refused');
  const told = error instanceof ApiError ? error.problem.detail : undefined;
  return typeof told === 'string' && told !== '' ? told : t('console.list.line-broken');
}
