import { expect, it } from 'vitest';
import { everyFieldAnswers, everyFieldForm } from './fixtures/every-field.ts';
import { printForm } from './print.ts';

const CONTEXT = { today: '2026-11-22', demo: true };

function printed(values: unknown): Record<string, string> {
  return Object.fromEntries(printForm(everyFieldForm(), values, CONTEXT).map((line) => [line.label, line.value]));
}

it('prints what was answered in words of people', () => {
  expect(printed({ ...everyFieldAnswers(), income: 1234567, area: 52.5, movedIn: '9/2020' })).toMatchObject({
    'Người yêu cầu': 'Trần Thử Nghiệm; Căn cước / số định danh: 999090123456; Ngày sinh: 05/09/1990; Giới tính: Nam',
    'Nơi thường trú': 'Thôn Một, xã Hiệp Đức, thành phố Đà Nẵng',
    'Mục đích sử dụng': 'Để kết hôn',
    'Bản in cần có': 'Tiếng Việt; Tiếng Anh',
    'Số bản': '2 bản',
    'Diện tích': '52,5 m²',
    'Lệ phí': '16.000\u00a0đ (mười sáu nghìn đồng)',
    'Từ ngày': '01/01/2020',
    'Tháng chuyển đến': '09/2020',
    'Tôi cam đoan những lời khai trên là đúng sự thật.': 'Có',
  });
});

it('prints a blank form for writing by hand, without what is hidden', () => {
  const lines = printForm(everyFieldForm(), {}, CONTEXT);
  expect(lines.filter((line) => line.kind === 'line').every((line) => line.value === '')).toBe(true);
  expect(lines.map((line) => line.label)).not.toContain('Mục đích khác là gì');
  expect(lines[0]).toEqual({ kind: 'section', label: 'Người yêu cầu', value: '' });
});

it('prints each item of a list under its heading', () => {
  const children = [
    { childName: 'Trần A', childBorn: '2020' },
    { childName: 'Trần B', childBorn: '5/2021' },
  ];
  const lines = printForm(everyFieldForm(), { purpose: 'loan', children }, CONTEXT);
  const at = lines.findIndex((line) => line.label === 'Người con 2');
  expect(lines[at]?.kind).toBe('item');
  expect(lines[at + 2]).toEqual({ kind: 'line', label: 'Ngày sinh của con', value: '05/2021' });
});
