import { expect, it } from 'vitest';
import { blanksOf } from './blanks.ts';

const page = {
  columns: [
    { no: '1', type: 'text' },
    { no: '3', type: 'count' },
    { no: '4', type: 'text' },
  ],
  rows: [
    { label: 'Hồ sơ tiếp nhận', typed: ['4'], cells: { '3': 5, '4': null }, sums: [] },
    { label: 'Văn bản đã ban hành', typed: ['3', '4'], cells: { '3': null, '4': null }, sums: [] },
    { label: 'Đơn vị được kiểm tra', typed: ['3', '4'], cells: { '3': 0, '4': null }, sums: [] },
  ],
  sections: [
    { id: 'steering', no: 'I', title: 'Chỉ đạo', text: true },
    { id: 'results', no: 'II', title: 'Kết quả', text: false },
    { id: 'one', no: '1', title: 'Thể chế', text: true },
  ],
  texts: { steering: 'Đã ban hành kế hoạch', one: '  ' },
};

it('names numbers and parts of the text nobody has written; a zero is written, remarks may be missing', () => {
  expect(blanksOf(page)).toEqual(['Văn bản đã ban hành', '1. Thể chế']);
});
