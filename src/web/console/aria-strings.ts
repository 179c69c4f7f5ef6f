// react-aria has no Vietnamese texts. It looks for these two symbols on `window` before its own languages; every
// package of it that is used must be in the list, or it throws (calendar, datepicker and colour are not used here).
// Import this file before anything of react-aria renders.

type Args = Readonly<Record<string, string | number>>;
interface Formatter {
  number(value: string | number | undefined): string;
  select(options: Readonly<Record<string, string | (() => string)>>, value: string | number | undefined): string;
}
type Text = string | ((args: Args, formatter: Formatter) => string);

const strings: Record<string, Record<string, Text>> = {
  '@react-aria/autocomplete': { collectionLabel: 'Gợi ý' },
  '@react-aria/breadcrumbs': { breadcrumbs: 'Đường dẫn' },
  '@react-aria/combobox': {
    focusAnnouncement: (args, formatter) =>
      [
        formatter.select(
          { true: `Vào nhóm ${args.groupTitle}, có ${args.groupCount} lựa chọn. `, other: '' },
          args.isGroupChange,
        ),
        args.optionText,
        formatter.select({ true: ', đã chọn', other: '' }, args.isSelected),
      ].join(''),
    countAnnouncement: (args, formatter) => `Có ${formatter.number(args.optionCount)} lựa chọn.`,
    selectedAnnouncement: (args) => `${args.optionText}, đã chọn`,
    buttonLabel: 'Hiện gợi ý',
    listboxLabel: 'Gợi ý',
  },
  '@react-aria/dnd': {},
  '@react-aria/grid': {
    deselectedItem: (args) => `Đã bỏ chọn ${args.item}.`,
    select: 'Chọn',
    selectedCount: (args, formatter) =>
      args.count === 0 ? 'Chưa chọn mục nào.' : `Đã chọn ${formatter.number(args.count)} mục.`,
    selectedAll: 'Đã chọn tất cả.',
    selectedItem: (args) => `Đã chọn ${args.item}.`,
    longPressToSelect: 'Nhấn giữ để vào chế độ chọn.',
  },
  '@react-aria/gridlist': {
    hasActionAnnouncement: 'dòng có thao tác',
    hasLinkAnnouncement: (args) => `dòng có liên kết: ${args.link}`,
  },
  '@react-aria/menu': { longPressMessage: 'Nhấn giữ hoặc bấm Alt + mũi tên xuống để mở danh mục' },
  '@react-aria/numberfield': {
    decrease: (args) => `Giảm ${args.fieldLabel}`,
    increase: (args) => `Tăng ${args.fieldLabel}`,
    numberField: 'Ô nhập số',
  },
  '@react-aria/overlays': { dismiss: 'Đóng' },
  '@react-aria/searchfield': { 'Clear search': 'Xóa tìm kiếm' },
  '@react-aria/spinbutton': { Empty: 'Trống' },
  '@react-aria/steplist': { steplist: 'Danh sách bước' },
  '@react-aria/table': {
    select: 'Chọn',
    selectAll: 'Chọn tất cả',
    sortable: 'cột sắp xếp được',
    ascending: 'tăng dần',
    descending: 'giảm dần',
    ascendingSort: (args) => `xếp theo cột ${args.columnName} tăng dần`,
    descendingSort: (args) => `xếp theo cột ${args.columnName} giảm dần`,
    columnSize: (args) => `${args.value} điểm ảnh`,
    resizerDescription: 'Bấm Enter để đổi độ rộng',
    expand: 'Mở',
    collapse: 'Thu gọn',
  },
  '@react-aria/tag': { removeDescription: 'Bấm Delete để bỏ nhãn.', removeButtonLabel: 'Bỏ' },
  '@react-aria/toast': {
    close: 'Đóng',
    notifications: (args, formatter) => `${formatter.number(args.count)} thông báo.`,
  },
  '@react-aria/tree': { expand: 'Mở', collapse: 'Thu gọn' },
  'react-aria-components': {
    selectPlaceholder: 'Chọn một mục',
    tableResizer: 'Đổi độ rộng',
    dropzoneLabel: 'Vùng thả tệp',
    colorSwatchPicker: 'Bảng màu',
  },
};

if (typeof window !== 'undefined') {
  Object.assign(window, {
    [Symbol.for('react-aria.i18n.locale')]: 'vi-VN',
    [Symbol.for('react-aria.i18n.strings')]: strings,
  });
}
