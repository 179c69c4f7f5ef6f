/**
 * The capacity as it stands above a signature, from the title of the post (NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 7): the
 * head signs by his office alone, for the authority is named above it; a deputy signs for the head.
 * @example signerCapacity('Chủ tịch UBND huyện')     // 'CHỦ TỊCH'
 * @example signerCapacity('Phó Chủ tịch UBND xã')    // 'KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH'
 * @example signerCapacity('Giám đốc')                // 'GIÁM ĐỐC'
 */
export function signerCapacity(title: string | null | undefined): string {
  const office = (title ?? '').normalize('NFC').trim().split(OF_AUTHORITY)[0]?.trim() || 'Chủ tịch';
  const capital = office.toLocaleUpperCase('vi');
  return DEPUTY.test(capital) ? `KT. ${capital.replace(DEPUTY, '')}\n${capital}` : capital;
}

/** Where the name of the committee begins in the title of its chairman: “Chủ tịch UBND xã Hiệp Đức”. */
const OF_AUTHORITY = /(?<=Chủ tịch)\s(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)(?=\s|$)/iu;
const DEPUTY = /^PHÓ (?=CHỦ TỊCH|GIÁM ĐỐC)/u;
