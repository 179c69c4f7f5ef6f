import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { type CsvColumn, saveText, toCsv } from '../data/csv.ts';

/** Saves the rows in sight as a CSV file `<name>.csv`; nothing leaves the machine. */
export function CsvButton<Row>({
  name,
  columns,
  rows,
  label,
}: {
  name: string;
  columns: readonly CsvColumn<Row>[];
  rows: readonly Row[];
  /** Where something else than “export” must be said. */
  label?: string;
}) {
  const t = useTranslate();
  return (
    <Button
      type="button"
      look="secondary"
      small
      disabled={rows.length === 0}
      onClick={() => saveText(`${name}.csv`, toCsv(columns, rows))}
    >
      {label ?? t('console.list.export')}
    </Button>
  );
}
