import { importIndexSheet, type SheetPageType } from '../../../../modules/insight/indices/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { WorkbookForm } from '../../ui/workbook-form.tsx';

type Refresh = readonly { readonly id: string }[];

/** Self-scores from a filled-in template. */
export function ImportSheet({ page, refresh }: { page: SheetPageType; refresh: Refresh }) {
  const t = useTranslate();
  if (!page.may.score) return null;
  const params = { id: page.id };
  return (
    <Disclosure label={t('indices.from-file.open')}>
      {(close) => (
        <WorkbookForm
          id="index-file"
          label={t('indices.from-file.open')}
          template={{
            href: `/api/indices/sheets/${page.id}/template.xlsx`,
            label: t('indices.from-file.template'),
          }}
          whose={`${page.unitName}, ${page.round.setName} ${page.round.year}`}
          hint={t('indices.from-file.hint')}
          sound={(count) => t('indices.from-file.sound', { count })}
          now={t('indices.from-file.now')}
          done={t('indices.from-file.done')}
          refresh={refresh}
          look={(file) => call(importIndexSheet, { params, body: { apply: false, file } })}
          take={(file, { seen }) => call(importIndexSheet, { params, body: { apply: true, file, seen } })}
          close={close}
        />
      )}
    </Disclosure>
  );
}
