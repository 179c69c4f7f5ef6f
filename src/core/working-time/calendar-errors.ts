import type { CalendarError } from './calendar.ts';

const MESSAGES = {
  'calendar/not-an-object': 'Lịch làm việc phải là một đối tượng JSON có timeZone và week.',
  'calendar/unknown-zone': 'Không biết múi giờ này.',
  'calendar/missing-week': 'Thiếu giờ làm việc trong tuần (week).',
  'calendar/unknown-weekday': 'Không biết ngày này trong tuần; chỉ dùng mon, tue, wed, thu, fri, sat, sun.',
  'calendar/bad-windows': 'Khung giờ phải viết dạng [["07:00","11:30"],["13:30","17:00"]].',
  'calendar/reversed-window': 'Khung giờ kết thúc không sau lúc bắt đầu.',
  'calendar/overlapping-windows': 'Khung giờ chồng lên một khung giờ khác trong cùng ngày.',
  'calendar/unordered-windows': 'Các khung giờ trong ngày phải xếp từ sớm đến muộn.',
  'calendar/bad-weight': 'Trọng số ngày công (weight) phải là số từ 0 đến 10.',
  'calendar/bad-season': 'Mùa phải có from, to dạng MM-DD là ngày có thật và week.',
  'calendar/overlapping-seasons': 'Hai mùa chồng lên nhau.',
  'calendar/bad-exception': 'Ngày ngoại lệ phải có date và kind là "off" hoặc "working".',
  'calendar/unknown-date': 'Ngày này không có trong lịch; viết dạng YYYY-MM-DD.',
  'calendar/repeated-exception': 'Ngày này đã có một ngoại lệ khác.',
  'calendar/working-without-windows':
    'Ngày làm việc bù không nêu khung giờ, mà cả thứ đó lẫn thứ Hai đều không có giờ làm việc.',
  'calendar/year-without-windows': 'Có năm không có giờ làm việc nào.',
} as const;

/** The codes with which a calendar is refused. */
export type CalendarErrorCode = keyof typeof MESSAGES;

/** An error of the given code; `found` is quoted behind the sentence. */
export function calendarError(code: CalendarErrorCode, path: string, found?: string): CalendarError {
  return { code, path, message: found === undefined ? MESSAGES[code] : `${MESSAGES[code]} (${found})` };
}
