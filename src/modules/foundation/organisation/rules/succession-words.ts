import type { SuccessionProblem } from './succession-plan.ts';

/** Why a succession cannot be recorded, and what to do about it; `name` of the unit concerned. */
export const SUCCESSION_REFUSED: Readonly<Record<SuccessionProblem, (name: string) => string>> = {
  'from-missing': (name) => `“${name}” không còn hoạt động vào ngày trước đó. Chọn đơn vị khác hoặc sửa ngày.`,
  'to-missing': (name) => `“${name}” chưa hoạt động vào ngày đó. Thêm đơn vị mới trước, hiệu lực từ ngày đó.`,
  'still-open': (name) => `“${name}” vẫn còn hoạt động. Chọn kết thúc cùng lúc, hoặc kết thúc đơn vị trước.`,
  'units-below': (name) => `“${name}” còn trực thuộc đơn vị sẽ kết thúc. Chuyển sang đơn vị cha khác trước.`,
  'one-to-one': () => 'Đổi tên chỉ áp dụng cho một đơn vị.',
  'needs-two': () => 'Chia tách: một đơn vị cũ và ít nhất hai đơn vị sau.',
  'needs-one': () => 'Sáp nhập: đúng một đơn vị tiếp nhận.',
  'name-missing': () => 'Nhập tên mới.',
  'already-then': (name) => `“${name}” đã có một thay đổi đúng ngày đó. Chọn ngày khác.`,
};
