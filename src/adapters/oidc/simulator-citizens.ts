/** A person of the simulator, with the claims of the national identity. All are invented. */
export type SimulatedCitizen = {
  /** `sub`; stable, opaque. */
  readonly subject: string;
  /** 1 person, 2 business, 3 organisation. */
  readonly accountType: '1' | '2' | '3';
  /** Identity number of the reserved prefix 999, or a tax code. */
  readonly idNumber: string;
  readonly fullName: string;
  /** `DD/MM/YYYY`; empty for organisations. */
  readonly birthDate: string;
  readonly level: 'LoA1' | 'LoA2';
  readonly email?: string;
  readonly phone?: string;
};

/** Used where the demo brings no people of its own. */
export const DEFAULT_CITIZENS: readonly SimulatedCitizen[] = [
  {
    subject: 'sim-cong-dan-1',
    accountType: '1',
    idNumber: '999084000011',
    fullName: 'Trần Thị Mẫu Một',
    birthDate: '12/03/1984',
    level: 'LoA2',
    email: 'congdan1@example.vn',
    phone: '0900000001',
  },
  {
    subject: 'sim-cong-dan-2',
    accountType: '1',
    idNumber: '999095000022',
    fullName: 'Lê Văn Mẫu Hai',
    birthDate: '05/11/1995',
    level: 'LoA1',
    email: 'congdan2@example.vn',
    phone: '0900000002',
  },
  {
    subject: 'sim-to-chuc-1',
    accountType: '2',
    idNumber: '9990000033',
    fullName: 'Hợp tác xã Mẫu Ba',
    birthDate: '',
    level: 'LoA2',
    email: 'tochuc@example.vn',
    phone: '0900000003',
  },
];

/** The claims as the userinfo endpoint gives them. */
export function claimsOf(citizen: SimulatedCitizen): Record<string, string> {
  return {
    sub: citizen.subject,
    LoaiTaiKhoan: citizen.accountType,
    HoVaTen: citizen.fullName,
    TechID: `tech-${citizen.subject}`,
    loAs: citizen.level,
    ...(citizen.accountType === '1'
      ? { SoDinhDanh: citizen.idNumber, NgayThangNamSinh: citizen.birthDate }
      : { MaSoThue: citizen.idNumber }),
    ...(citizen.email === undefined ? {} : { email: citizen.email }),
    ...(citizen.phone === undefined ? {} : { phone_number: citizen.phone }),
  };
}

/** Names of all claims above but `sub`, for the provider's scope `openid`. */
export const CLAIM_NAMES = [
  'LoaiTaiKhoan',
  'HoVaTen',
  'TechID',
  'loAs',
  'SoDinhDanh',
  'NgayThangNamSinh',
  'MaSoThue',
  'email',
  'phone_number',
];
