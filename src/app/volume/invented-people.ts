/** Invented people only: names are drawn from lists, identity numbers bear the reserved prefix 999, phones 0900. */
export type InventedPerson = {
  readonly id: string;
  readonly fullName: string;
  readonly birthDate: string;
  readonly gender: 'male' | 'female';
  readonly phone: string;
  readonly idNumber: string;
  readonly address: string;
};

const SURNAMES = [
  'Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Hoàng', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Đinh', 'Trương', 'Alăng', 'Bríu', 'Pơloong', 'Zơrâm',
]; // biome-ignore format: a list
const MIDDLE_MALE = ['Văn', 'Đức', 'Hữu', 'Minh', 'Quang', 'Thanh', 'Công', 'Xuân', 'Ngọc', 'Bá', 'Tấn', 'Viết'];
const MIDDLE_FEMALE = [
  'Thị',
  'Thị Thu',
  'Thị Ngọc',
  'Thị Kim',
  'Thanh',
  'Ngọc',
  'Thị Bích',
  'Mỹ',
  'Thị Hồng',
  'Thị Minh',
];
const GIVEN_MALE = [
  'An', 'Bình', 'Cường', 'Dũng', 'Đạt', 'Giang', 'Hải', 'Hậu', 'Hiếu', 'Hòa', 'Hùng', 'Khánh', 'Khoa', 'Lâm', 'Long', 'Lực', 'Mạnh', 'Nam', 'Nghĩa', 'Phong', 'Phúc', 'Quân', 'Sơn', 'Tài', 'Tâm', 'Thành', 'Thắng', 'Tín', 'Toàn', 'Trí', 'Trung', 'Tuấn', 'Việt', 'Vinh', 'Ý',
]; // biome-ignore format: a list
const GIVEN_FEMALE = [
  'Ánh', 'Bích', 'Châu', 'Chi', 'Dung', 'Duyên', 'Đào', 'Hà', 'Hạnh', 'Hiền', 'Hoa', 'Hương', 'Lan', 'Liên', 'Linh', 'Loan', 'Mai', 'My', 'Nga', 'Ngân', 'Nhung', 'Oanh', 'Phượng', 'Quyên', 'Tâm', 'Thảo', 'Thủy', 'Trang', 'Trâm', 'Tuyết', 'Uyên', 'Vân', 'Xuân', 'Yến',
]; // biome-ignore format: a list

const scramble = (value: number): number => {
  let x = (value ^ 0x9e3779b9) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
};
const of = (list: readonly string[], value: number): string => list[value % list.length] ?? '';
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * The person with a serial number, made from the number alone, so that a million need no memory.
 * @param serial 0 … 899,999,999; the identity number is `999` and nine digits from it.
 * @param id the row's own id
 */
export function inventPerson(serial: number, id: string): InventedPerson {
  const a = scramble(serial);
  const b = scramble(serial + 0x51ed270b);
  const c = scramble(serial ^ 0x2545f491);
  const male = (a & 1) === 0;
  const surname = of(SURNAMES, c % 3 === 0 ? 0 : a >>> 3);
  const middle = of(male ? MIDDLE_MALE : MIDDLE_FEMALE, b >>> 5);
  const given = of(male ? GIVEN_MALE : GIVEN_FEMALE, c >>> 4);
  // Every seventh person has one more given syllable, which keeps full names from all being alike.
  const second = b % 7 === 0 ? `${of(male ? GIVEN_MALE : GIVEN_FEMALE, b >>> 9)} ` : '';
  return {
    id,
    fullName: `${surname} ${middle} ${second}${given}`,
    birthDate: `${1945 + (b % 60)}-${two(1 + ((a >>> 7) % 12))}-${two(1 + ((c >>> 9) % 28))}`,
    gender: male ? 'male' : 'female',
    phone: `0900${String((serial * 7919 + 12_345) % 1_000_000).padStart(6, '0')}`,
    idNumber: `999${String(100_000_000 + serial).slice(-9)}`,
    address: `Thôn ${1 + (b % 12)}`,
  };
}
