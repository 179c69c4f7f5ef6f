/** Business state of a dossier. The national code is derived, never stored as the truth. */
export type DossierStatus =
  | 'submitted'
  | 'awaiting-completion'
  | 'refused'
  | 'received'
  | 'processing'
  | 'supplement'
  | 'finance'
  | 'suspended'
  | 'withdrawn'
  | 'stopped'
  | 'decided'
  | 'returned';

export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'stopped';
export type NationalStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

type Entry = {
  readonly national: NationalStatus;
  readonly name: string;
  readonly open: boolean;
  readonly closed: boolean;
};

/**
 * State → national code (domain §1.3), Vietnamese name, whether the processing clock may run (`open`) and whether
 * nothing more will happen (`closed`).
 */
export const STATUSES: Readonly<Record<DossierStatus, Entry>> = {
  submitted: { national: 1, name: 'Mới đăng ký', open: false, closed: false },
  'awaiting-completion': { national: 1, name: 'Chờ hoàn thiện để tiếp nhận', open: false, closed: false },
  refused: { national: 3, name: 'Không được tiếp nhận', open: false, closed: true },
  received: { national: 2, name: 'Được tiếp nhận', open: true, closed: false },
  processing: { national: 4, name: 'Đang xử lý', open: true, closed: false },
  supplement: { national: 5, name: 'Yêu cầu bổ sung giấy tờ', open: true, closed: false },
  finance: { national: 6, name: 'Yêu cầu thực hiện nghĩa vụ tài chính', open: true, closed: false },
  suspended: { national: 8, name: 'Tạm dừng xử lý', open: true, closed: false },
  withdrawn: { national: 7, name: 'Công dân rút hồ sơ', open: false, closed: true },
  stopped: { national: 8, name: 'Dừng xử lý', open: false, closed: true },
  decided: { national: 9, name: 'Đã xử lý xong', open: false, closed: false },
  returned: { national: 10, name: 'Đã trả kết quả', open: false, closed: true },
};

export const OPEN_STATUSES: readonly DossierStatus[] = ['received', 'processing', 'supplement', 'finance', 'suspended'];

/** National code of a state. Example: `nationalStatus('supplement') === 5`. */
export function nationalStatus(status: DossierStatus): NationalStatus {
  return STATUSES[status].national;
}

/** Vietnamese name of a state, as people read it. */
export function statusName(status: DossierStatus): string {
  return STATUSES[status].name;
}

/**
 * State of an imported record (contracts §2: `status` 1–10 with an outcome). Code 8 of an older system is a stop:
 * it has ended. Code 5 and 6 keep their pause.
 */
export function statusOfNational(code: NationalStatus): DossierStatus {
  switch (code) {
    case 1:
      return 'submitted';
    case 2:
      return 'received';
    case 3:
      return 'refused';
    case 4:
      return 'processing';
    case 5:
      return 'supplement';
    case 6:
      return 'finance';
    case 7:
      return 'withdrawn';
    case 8:
      return 'stopped';
    case 9:
      return 'decided';
    case 10:
      return 'returned';
  }
}
