import { formatNumberVi, formatVnd } from '../text/numbers.ts';

/** Codes of what can be wrong with a value; stable, they are the keys of translations. */
export type ProblemCode = keyof typeof MESSAGES;

/** Something wrong with one field: `at` names a part of it (`idNumber` of a person), empty for the field itself. */
export interface Problem {
  at: string;
  code: ProblemCode;
  params?: Record<string, string | number>;
}

/** The Vietnamese messages: each says what to do. `{label}` and the other places are filled by `messageOf`. */
export const MESSAGES = {
  'required-text': 'Hãy nhập {label}.',
  'required-choice': 'Hãy chọn {label}.',
  'required-file': 'Hãy đính kèm {label}.',
  'required-declaration': 'Hãy đọc và đánh dấu vào ô cam kết: {label}.',
  'required-items': 'Hãy thêm ít nhất {count} mục vào phần {label}.',
  'wrong-type': 'Giá trị gửi lên cho {label} không đúng kiểu. Hãy nhập lại.',
  'bad-characters': '{label} có ký tự không đọc được. Chúng tôi đã bỏ các ký tự đó, hãy xem lại rồi gửi.',
  'too-long': '{label} dài quá {max} ký tự (đang có {count}). Hãy viết ngắn lại.',
  'bad-phone': 'Số điện thoại chưa đúng. Hãy nhập 10 số bắt đầu bằng 0, ví dụ 0912 345 678.',
  'bad-email': 'Địa chỉ thư điện tử chưa đúng. Hãy nhập theo dạng ten@vidu.vn.',
  'not-a-number': '{label} phải là số. Hãy chỉ nhập chữ số, ví dụ {example}.',
  'not-whole': '{label} phải là số nguyên. Hãy bỏ phần lẻ.',
  'too-small': '{label} phải từ {min} trở lên.',
  'too-large': '{label} không được quá {max}.',
  'bad-date': '{label} chưa đúng. Hãy nhập ngày/tháng/năm, ví dụ 05/09/1990.',
  'bad-month': '{label} chưa đúng. Hãy nhập tháng/năm, ví dụ 09/1990.',
  'bad-year': '{label} chưa đúng. Hãy nhập năm gồm 4 chữ số, ví dụ 1990.',
  'too-early': '{label} không được trước ngày {min}.',
  'too-late': '{label} không được sau ngày {max}.',
  'not-an-option': 'Lựa chọn cho {label} không còn trong danh sách. Hãy chọn lại.',
  'bad-code': 'Mã đơn vị hành chính không đúng. Hãy chọn lại {label}.',
  'required-unit': 'Hãy chọn hoặc nhập xã, phường, tỉnh, thành phố của {label}.',
  'required-detail': 'Hãy nhập số nhà, đường, thôn của {label}.',
  'cccd-digits': 'Số định danh cá nhân gồm đúng 12 chữ số. Hãy kiểm tra lại trên thẻ căn cước.',
  'cccd-province': 'Số định danh cá nhân không đúng: ba số đầu không phải mã tỉnh. Hãy kiểm tra lại trên thẻ.',
  'demo-number': 'Số bắt đầu bằng 999 chỉ dùng khi chạy thử. Hãy nhập số trên thẻ căn cước.',
  'cmnd-digits': 'Số chứng minh nhân dân gồm 9 chữ số. Hãy kiểm tra lại.',
  'bad-passport': 'Số hộ chiếu gồm 6 đến 12 chữ cái và chữ số. Hãy kiểm tra lại.',
  'bad-id-number': 'Số giấy tờ chỉ gồm chữ cái, chữ số, dấu gạch và dài 3 đến 30 ký tự. Hãy kiểm tra lại.',
  'bad-file': 'Tệp đính kèm ở {label} không nhận được. Hãy đính kèm lại.',
  'file-type': 'Tệp "{name}" không đúng loại. Hãy dùng tệp {accept}.',
  'file-too-large': 'Tệp "{name}" lớn hơn {max} MB. Hãy giảm dung lượng rồi đính kèm lại.',
  'file-empty': 'Tệp "{name}" trống. Hãy chọn tệp khác.',
  'too-many-files': 'Chỉ đính kèm được {max} tệp ở {label}. Hãy bỏ bớt.',
  'too-many-items': '{label} chỉ được tối đa {max} mục. Hãy bỏ bớt.',
  rule: '{text}',
  'not-a-form': 'Dữ liệu gửi lên không phải là một tờ khai. Hãy tải lại trang rồi thử lại.',
} as const;

function shown(value: string | number): string {
  return typeof value === 'number' ? formatNumberVi(value) : value;
}

/** `MESSAGES` or a translation of it, with the places filled; capitalised, as a label may come first. */
export function messageOf(
  code: ProblemCode,
  params: Record<string, string | number>,
  messages: Partial<Record<ProblemCode, string>> = MESSAGES,
): string {
  const template = messages[code] ?? MESSAGES[code];
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => shown(params[name] ?? ''));
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}

/** An amount for the `min` and `max` places. */
export function amountParam(amountVnd: number): string {
  return formatVnd(amountVnd);
}
