import { formatVnd } from '../../../core/text/numbers.ts';
import { allowanceText } from '../procedures/rules/time-limit.ts';
import { type CommandKind, NEEDS_REASON } from './rules/commands.ts';
import { type DecisionContext, earlierStep, nextStep } from './rules/context.ts';
import type { ActionKind, DossierState } from './rules/state.ts';

const LABELS: Readonly<Record<CommandKind, string>> = {
  receive: 'Tiếp nhận',
  'request-completion': 'Yêu cầu hoàn thiện',
  complete: 'Xác nhận đã hoàn thiện',
  refuse: 'Từ chối tiếp nhận',
  open: 'Đánh dấu đã xem',
  assign: 'Phân công',
  forward: 'Chuyển bước tiếp theo',
  'return-step': 'Trả lại bước trước',
  'take-back': 'Lấy lại',
  'request-supplement': 'Yêu cầu bổ sung',
  'accept-supplement': 'Đã nhận bổ sung',
  'request-finance': 'Yêu cầu nộp nghĩa vụ tài chính',
  'settle-finance': 'Đã hoàn thành nghĩa vụ tài chính',
  suspend: 'Tạm dừng xử lý',
  resume: 'Tiếp tục xử lý',
  withdraw: 'Rút hồ sơ',
  stop: 'Dừng xử lý',
  'draft-result': 'Soạn kết quả',
  approve: 'Phê duyệt',
  number: 'Cấp số, ban hành',
  'hand-over': 'Trả kết quả',
};

const FIXED: Partial<Record<CommandKind, string>> = {
  'request-completion': 'Gửi phiếu yêu cầu hoàn thiện; chỉ được yêu cầu một lần, thời hạn chưa tính.',
  complete: 'Hồ sơ trở lại hàng chờ tiếp nhận.',
  refuse: 'Kết thúc: hồ sơ không được tiếp nhận, gửi phiếu từ chối.',
  assign: 'Giao bước này cho một người trong đơn vị.',
  'take-back': 'Lấy lại khi người nhận chưa mở.',
  'request-supplement': 'Đồng hồ dừng tới khi công dân bổ sung.',
  'accept-supplement': 'Đồng hồ chạy tiếp, ngày hẹn trả được tính lại.',
  'request-finance': 'Đồng hồ dừng tới khi công dân nộp tiền.',
  'settle-finance': 'Đồng hồ chạy tiếp, ngày hẹn trả được tính lại.',
  suspend: 'Đồng hồ dừng trong khi chờ cơ quan khác.',
  resume: 'Đồng hồ chạy tiếp, ngày hẹn trả được tính lại.',
  withdraw: 'Kết thúc theo yêu cầu của công dân.',
  stop: 'Kết thúc: dừng giải quyết hồ sơ.',
  'draft-result': 'Lưu dự thảo; chưa gửi đi.',
  number: 'Ban hành kết quả, kết thúc thời gian xử lý.',
  'hand-over': 'Hồ sơ kết thúc.',
  open: 'Người gửi không lấy lại được nữa.',
};

export type CommandLabel = {
  readonly kind: CommandKind;
  readonly label: string;
  readonly consequence: string;
  readonly needsReason: boolean;
};

/** A button with what pressing it will do, written for this dossier. */
export function commandLabel(kind: CommandKind, state: DossierState, ctx: Pick<DecisionContext, 'plan'>): CommandLabel {
  const next = state.step ? nextStep(ctx, state.step) : undefined;
  const back = state.step ? earlierStep(ctx, state.step) : undefined;
  const target = (name: string | undefined, allow: string): string => (name ? `Chuyển sang “${name}”${allow}.` : '');
  const dynamic: Partial<Record<CommandKind, string>> = {
    receive: 'Đồng hồ bắt đầu chạy, in giấy tiếp nhận và hẹn trả.',
    forward: target(next?.name, next && (next.allow.amount ?? 0) > 0 ? ` (${allowanceText(next.allow)})` : ''),
    approve: target(next?.name, ''),
    'return-step': back ? `Trả về “${back.name}” kèm lý do.` : '',
  };
  return {
    kind,
    label: LABELS[kind],
    consequence: dynamic[kind] ?? FIXED[kind] ?? '',
    needsReason: NEEDS_REASON.has(kind),
  };
}

const STORY: Readonly<Record<ActionKind, string>> = {
  submitted: 'Nộp hồ sơ',
  received: 'Tiếp nhận hồ sơ',
  'completion-requested': 'Yêu cầu hoàn thiện hồ sơ trước khi tiếp nhận',
  completed: 'Đã hoàn thiện hồ sơ',
  refused: 'Từ chối tiếp nhận',
  assigned: 'Phân công xử lý',
  opened: 'Mở hồ sơ để xử lý',
  forwarded: 'Chuyển bước',
  'step-returned': 'Trả lại bước',
  'taken-back': 'Lấy lại hồ sơ đã chuyển',
  'supplement-requested': 'Yêu cầu bổ sung giấy tờ, tạm dừng tính thời gian',
  'supplement-received': 'Đã nhận bổ sung, tính tiếp thời gian',
  'finance-requested': 'Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính thời gian',
  'finance-settled': 'Đã thực hiện nghĩa vụ tài chính, tính tiếp thời gian',
  suspended: 'Tạm dừng xử lý',
  resumed: 'Tiếp tục xử lý',
  'result-drafted': 'Soạn dự thảo kết quả',
  approved: 'Phê duyệt kết quả',
  numbered: 'Cấp số, ban hành kết quả',
  'handed-over': 'Trả kết quả',
  withdrawn: 'Công dân rút hồ sơ',
  stopped: 'Dừng giải quyết hồ sơ',
  transferred: 'Chuyển giao cho đơn vị kế thừa',
  imported: 'Nhập từ hệ thống cũ',
  reappointed: 'Hẹn lại ngày trả kết quả',
  'due-moved': 'Ngày hẹn trả được tính lại theo lịch làm việc mới',
};

/** One line of the story: `Chuyển từ “Tiếp nhận” sang “Thẩm tra hồ sơ”`. */
export function storyLine(
  kind: ActionKind,
  detail: Readonly<Record<string, unknown>>,
  stepName: (id: string) => string | undefined,
): string {
  const [from, to] = [detail['from'], detail['to']].map((id) => (typeof id === 'string' ? stepName(id) : undefined));
  if ((kind === 'forwarded' || kind === 'step-returned' || kind === 'taken-back') && from && to) {
    const verb = kind === 'forwarded' ? 'Chuyển' : kind === 'step-returned' ? 'Trả lại' : 'Lấy lại';
    return `${verb} từ “${from}” về “${to}”`.replace('về', kind === 'forwarded' ? 'sang' : 'về');
  }
  if (kind === 'numbered' && typeof detail['number'] === 'string') return `Ban hành kết quả số ${detail['number']}`;
  if (kind === 'finance-requested' && typeof detail['amountVnd'] === 'number')
    return `Yêu cầu thực hiện nghĩa vụ tài chính ${formatVnd(detail['amountVnd'])}, tạm dừng tính thời gian`;
  if (kind === 'handed-over') {
    const how = { desk: 'tại quầy', post: 'qua bưu chính', electronic: 'bản điện tử' }[String(detail['method'])];
    return how ? `Trả kết quả ${how}` : STORY[kind];
  }
  return STORY[kind];
}
