/**
 * The place that stands before the date of a paper (địa danh, NĐ 30/2020/NĐ-CP): the name of the issuing authority's unit
 * without the words for its kind.
 * @example placeOf('Ủy ban nhân dân xã Hiệp Đức') // 'Hiệp Đức'
 */
export function placeOf(authorityName: string): string {
  return authorityName
    .replace(/^(Ủy ban nhân dân|UBND) /i, '')
    .replace(/^(xã|phường|thị trấn|huyện|đặc khu|thành phố|tỉnh) /i, '');
}
