import { useState } from 'react';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { type SheetPageType, savePart } from '../../../../modules/insight/indices/contract.ts';
import { SURVEY_PART } from '../../../../modules/insight/indices/rules/period.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { Fold } from '../../ui/fold.tsx';
import { readNumber } from '../reports/words.ts';
import { ActForm, LazyDialog } from './act-dialog.tsx';
import { SourceField } from './source-field.tsx';
import { percent, points } from './words.ts';

type Part = SheetPageType['parts'][number];
type Refresh = readonly { readonly id: string }[];

/** Parts with their weights: those made of domains are worked out, the survey is typed with its source. */
export function SheetParts({ page, refresh }: { page: SheetPageType; refresh: Refresh }) {
  const t = useTranslate();
  const [open, setOpen] = useState<Part>();
  return (
    <Fold id="parts" title={t('indices.parts')} panel>
      <Table
        caption={t('indices.parts')}
        hideCaption
        rows={page.parts}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', label: t('indices.part'), rowHead: true, cell: (row) => row.name },
          { id: 'weight', label: t('indices.weight'), numeric: true, cell: (row) => <Weight part={row} /> },
          { id: 'percent', label: t('indices.percent'), numeric: true, cell: (row) => percent(row.percent, t) },
          { id: 'points', label: t('indices.points'), numeric: true, cell: (row) => points(row.points, t) },
          {
            id: 'source',
            label: t('indices.source'),
            cell: (row) => {
              if (row.computed) return t('indices.from-domains');
              return row.id === SURVEY_PART && row.percent === null ? t('indices.no-survey') : (row.source ?? '');
            },
          },
          ...(page.may.parts
            ? [
                {
                  id: 'act',
                  label: t('indices.act'),
                  cell: (row: Part) =>
                    row.computed ? null : (
                      <Button
                        type="button"
                        look="secondary"
                        small
                        aria-label={t('indices.enter-part-named', { name: row.name })}
                        onClick={() => setOpen(row)}
                      >
                        {t('indices.enter-part')}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {open ? <PartDialog page={page} part={open} refresh={refresh} close={() => setOpen(undefined)} /> : null}
    </Fold>
  );
}

/** What the part counts for; marked where nobody ever published it. */
function Weight({ part }: { part: Part }) {
  const t = useTranslate();
  return (
    <>
      {percent(part.weight * 100, t)} {part.derivedWeight ? <Tag tone="amber">{t('indices.derived')}</Tag> : null}
    </>
  );
}

function PartDialog({
  page,
  part,
  refresh,
  close,
}: {
  page: SheetPageType;
  part: Part;
  refresh: Refresh;
  close: () => void;
}) {
  const t = useTranslate();
  const [typed, setTyped] = useState(typedNumberVi(part.percent));
  const [source, setSource] = useState(part.version > 0 ? (part.source ?? '') : '');
  const value = readNumber(typed);
  const fits = typeof value === 'number' && value <= 100;
  return (
    <LazyDialog title={t('indices.enter-part')} onClose={close}>
      <ActForm
        submit={() =>
          call(savePart, {
            params: { id: page.id },
            body: { partId: part.id, version: part.version, percent: value ?? 0, source: source.trim() },
          })
        }
        done={t('indices.saved')}
        refresh={refresh}
        close={close}
        ready={fits && source.trim() !== ''}
        label={t('indices.save')}
      >
        <TextField
          id="part-percent"
          label={t('indices.part-percent', { name: part.name })}
          short
          inputMode="decimal"
          value={typed}
          error={
            value === undefined
              ? t('indices.no-number')
              : value !== null && !fits
                ? t('indices.too-much', { max: 100 })
                : undefined
          }
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SourceField id="part-source" source={source} onSource={setSource} />
      </ActForm>
    </LazyDialog>
  );
}
