import type { ApologyKind, ApologyState } from './rules/acts.ts';

/** Words of states and kinds in refusals, lists and files. */
export const STATE_NAMES: Readonly<Record<ApologyState, string>> = {
  draft: 'Nháp',
  proposed: 'Chờ duyệt',
  returned: 'Bị trả lại',
  approved: 'Chờ phát hành',
  issued: 'Đã phát hành',
  sent: 'Đã gửi',
  withdrawn: 'Đã rút',
};

export const KIND_NAMES: Readonly<Record<ApologyKind, string>> = {
  reappointment: 'Hẹn lại',
  apology: 'Xin lỗi',
};

/** Reason of the withdrawal the system makes when a dossier ends before the decision. */
export const ENDED_MEANWHILE = 'Hồ sơ đã kết thúc trước khi đề xuất được duyệt';

/** Reason of the withdrawal of a draft whose dossier was exempted. */
export const EXEMPTED = 'Hồ sơ được miễn xin lỗi';
