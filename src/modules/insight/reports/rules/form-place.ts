/** Enough of a form, also of one that is not sound, to name its columns. */
type Named = { readonly columns?: unknown };

const NAMES: Readonly<Record<string, string>> = {
  id: 'Mã báo cáo',
  aliases: 'Tên khác',
  code: 'Ký hiệu biểu',
  name: 'Tên báo cáo',
  validFrom: 'Ngày áp dụng',
  validTo: 'Ngày hết áp dụng',
  levels: 'Cấp lập báo cáo',
  frequency: 'Kỳ báo cáo',
  automatic: 'Kỳ tự động giao',
  deadline: 'Hạn gửi',
  rows: 'Dòng của biểu',
  columns: 'Cột của biểu',
  notes: 'Chú thích',
};

/** A place of a form in words. @example placeInWords('columns[6].percent[1]', form) → 'Cột (7)' */
export function placeInWords(path: string, form: Named): string {
  const [, list = '', index = ''] = /^(columns|rows\.list|invariants|figures|sections)\[(\d+)\]/.exec(path) ?? [];
  const nth = Number(index) + 1;
  switch (list) {
    case 'columns':
      return `Cột (${numberOf(form, Number(index)) ?? nth})`;
    case 'rows.list':
      return `Dòng thứ ${nth}`;
    case 'invariants':
      return `Kiểm tra cân đối thứ ${nth}`;
    case 'figures':
      return `Tỷ lệ thứ ${nth}`;
    case 'sections':
      return `Mục thứ ${nth}`;
    default:
      return NAMES[/^\w+/.exec(path)?.[0] ?? ''] ?? path;
  }
}

function numberOf({ columns }: Named, index: number): string | undefined {
  const column: unknown = Array.isArray(columns) ? columns[index] : undefined;
  if (typeof column !== 'object' || column === null || !('no' in column)) return undefined;
  return typeof column.no === 'string' && column.no !== '' ? column.no : undefined;
}
