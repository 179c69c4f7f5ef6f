import { isDay, parseVietnameseDay } from '../../../../core/time/index.ts';

/** What the system keeps of a citizen, read from the claims of an identity provider. */
export type CitizenProfile = {
  readonly accountType: 'person' | 'business' | 'organisation';
  readonly fullName: string;
  readonly idNumber: string | null;
  /** `YYYY-MM-DD`, or `YYYY` where only the year is known. */
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** `loa1`, `loa2`, … or `unknown`. */
  readonly assurance: string;
};

export type Claims = Readonly<Record<string, unknown>>;

export type ClaimsResult =
  | { readonly ok: true; readonly profile: CitizenProfile }
  | { readonly ok: false; readonly missing: 'name' };

const text = (value: unknown, max = 200): string | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const trimmed = String(value).normalize('NFC').trim();
  return trimmed === '' || trimmed.length > max ? null : trimmed;
};

function readBirthDate(value: unknown): string | null {
  const written = text(value, 20);
  if (written === null) return null;
  if (isDay(written) || /^(19|20)\d{2}$/.test(written)) return written;
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  const unpacked = packed ? `${packed[1]}-${packed[2]}-${packed[3]}` : undefined;
  return isDay(unpacked) ? unpacked : (parseVietnameseDay(written) ?? null);
}

function readAssurance(claims: Claims): string {
  const told = text(claims['loAs']) ?? text(claims['acr']) ?? '';
  const level = /^(?:urn:.*:)?(?:loa)?([0-4])$/i.exec(told)?.[1];
  return level === undefined ? 'unknown' : `loa${level}`;
}

/**
 * Reads the claims of the national identity (domain §4: `LoaiTaiKhoan` 1 person, 2 business, 3 organisation;
 * `SoDinhDanh`, `HoVaTen`, `NgayThangNamSinh`, `MaSoThue`, `loAs`), else the standard ones of OpenID Connect. The
 * format of the birth date is not fixed in the texts at hand: `DD/MM/YYYY`, `YYYYMMDD`, `YYYY-MM-DD` and a bare year
 * are understood. Only a name is necessary; a claim in a wrong form is left out, not guessed.
 */
export function readCitizenClaims(claims: Claims): ClaimsResult {
  const fullName = text(claims['HoVaTen']) ?? text(claims['TenToChuc']) ?? text(claims['name']);
  if (fullName === null) return { ok: false, missing: 'name' };
  const kind = text(claims['LoaiTaiKhoan']);
  const accountType = kind === '2' ? 'business' : kind === '3' ? 'organisation' : 'person';
  const number = accountType === 'person' ? claims['SoDinhDanh'] : (claims['MaSoThue'] ?? claims['SoDinhDanh']);
  return {
    ok: true,
    profile: {
      accountType,
      fullName,
      idNumber: text(number, 20),
      birthDate: readBirthDate(claims['NgayThangNamSinh'] ?? claims['birthdate']),
      email: text(claims['email'] ?? claims['ThuDienTu']),
      phone: text(claims['phone_number'] ?? claims['SoDienThoai'], 20),
      assurance: readAssurance(claims),
    },
  };
}
