import type { Static, TSchema } from 'typebox';
import Type from 'typebox';
import { ResultData } from './result-data.ts';
import {
  Allowance,
  amountVnd,
  Contact,
  count,
  day,
  dossierFields,
  instant,
  Letterhead,
  Outcome,
  optionalText,
  Party,
  ResultChannel,
  Signer,
  text,
} from './slip-fields.ts';
import type { SlipKind } from './slip-kinds.ts';

const paper = <P extends Record<string, TSchema>>(fields: P) =>
  Type.Object({ letterhead: Letterhead, ...fields }, { additionalProperties: false });
const row = <P extends Record<string, TSchema>>(fields: P) => Type.Object(fields, { additionalProperties: false });

/** Giấy tiếp nhận hồ sơ và hẹn trả kết quả. */
export const ReceiptData = paper({
  ...dossierFields,
  /** Which copy this is: `Liên 1: Giao người nộp hồ sơ`. */
  copy: optionalText(100),
  /** Bộ phận tiếp nhận. */
  desk: text(300),
  owner: Party,
  /** When somebody else hands it in. */
  submitter: Type.Optional(Party),
  /** Nội dung yêu cầu giải quyết: the procedure. */
  procedureName: text(1000),
  procedureCode: optionalText(30),
  /** 1. Thành phần hồ sơ nộp. Up to 300. */
  components: Type.Array(
    row({
      name: text(2000),
      originals: Type.Optional(count()),
      certifiedCopies: Type.Optional(count()),
      photocopies: Type.Optional(count()),
      note: optionalText(500),
    }),
    { maxItems: 300 },
  ),
  /** For certification (chứng thực): the papers brought, instead of or beside `components`. */
  certifications: Type.Optional(
    Type.Array(row({ name: text(2000), pages: count(), copies: count(), signedElectronically: Type.Boolean() }), {
      maxItems: 300,
    }),
  ),
  /** 2. Số lượng hồ sơ, bộ. */
  sets: Type.Integer({ minimum: 1, maximum: 1000 }),
  /** 3. Thời gian giải quyết theo quy định. */
  allowance: Allowance,
  receivedAt: instant(),
  /** Left out where the procedure promises no date. */
  dueAt: Type.Optional(instant()),
  /** 6–7: second phase, counted from the proof that the financial obligation is met; the times come later. */
  secondPhase: Type.Optional(
    row({ allowance: Allowance, receivedAt: Type.Optional(instant()), dueAt: Type.Optional(instant()) }),
  ),
  resultChannel: ResultChannel,
  /** Desk or postal address where the result is collected. */
  resultPlace: optionalText(500),
  fees: Type.Array(row({ name: text(300), amountVnd: amountVnd(), paid: Type.Optional(Type.Boolean()) }), {
    maxItems: 50,
  }),
  /** 2018 set only: vào Sổ theo dõi hồ sơ, Quyển số …, Số thứ tự … */
  registerBook: optionalText(30),
  registerNumber: optionalText(30),
  /** Signs as người nộp; left blank for a signature by hand when missing. */
  submitterName: optionalText(200),
  receiver: Contact,
  note: optionalText(2000),
});

/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. */
export const SupplementData = paper({
  ...dossierFields,
  owner: Party,
  procedureName: text(1000),
  items: Type.Array(text(3000), { minItems: 1, maxItems: 200 }),
  reason: text(10_000),
  /** Last day for the answer, where one was set. */
  respondBy: Type.Optional(day()),
  /** Website with guidance. */
  website: optionalText(300),
  guide: Contact,
});

/** Phiếu từ chối tiếp nhận giải quyết hồ sơ. */
export const RefusalData = paper({
  ...dossierFields,
  desk: text(300),
  owner: Party,
  procedureName: text(1000),
  reason: text(10_000),
  contact: Contact,
  submitterName: optionalText(200),
  receiver: Contact,
});

/** Phiếu xin lỗi và hẹn lại ngày trả kết quả; văn bản xin lỗi và đề nghị gia hạn. */
export const ApologyData = paper({
  ...dossierFields,
  owner: Party,
  procedureName: text(1000),
  receivedAt: instant(),
  /** The promise that is or was not kept. */
  dueAt: instant(),
  /** True where the due instant had passed when the paper was issued. */
  late: Type.Boolean(),
  /** Where processing has ended meanwhile. */
  finishedAt: Type.Optional(instant()),
  /** Hẹn lại; left out where the paper only apologises. */
  newDueAt: Type.Optional(instant()),
  reason: text(10_000),
  signer: Signer,
  /** Nơi nhận. */
  recipients: Type.Array(text(300), { maxItems: 20 }),
});

/** Thông báo dừng giải quyết hồ sơ (2025 set only). */
export const StopData = paper({
  ...dossierFields,
  owner: Party,
  procedureName: text(1000),
  receivedAt: instant(),
  /** Yêu cầu dừng ngày. */
  requestedOn: Type.Optional(day()),
  /** Căn cứ. */
  bases: Type.Array(text(1000), { maxItems: 30 }),
  reason: text(10_000),
  /** Tình trạng giải quyết. */
  state: text(3000),
  returnedPapers: Type.Array(row({ name: text(2000), quantity: count() }), { maxItems: 300 }),
  refunds: Type.Array(row({ name: text(300), amountVnd: amountVnd() }), { maxItems: 50 }),
  signer: Signer,
});

/** Phiếu kiểm soát quá trình giải quyết hồ sơ, made from the step log. */
export const ControlData = paper({
  ...dossierFields,
  owner: Party,
  procedureName: text(1000),
  receivedAt: instant(),
  dueAt: Type.Optional(instant()),
  /** Cơ quan (bộ phận) giải quyết. */
  authority: text(300),
  /** Cơ quan phối hợp. */
  supporting: Type.Array(text(300), { maxItems: 30 }),
  /** One per hand-over between people or units, in order of time. */
  steps: Type.Array(
    row({
      handedOverBy: text(300),
      handedOverByPerson: optionalText(200),
      takenOverBy: text(300),
      takenOverByPerson: optionalText(200),
      at: instant(),
      /** Of the step just finished; `null` for the first and an open one. */
      outcome: Outcome,
      /** Ghi chú: pauses that began in this turn, one a line. */
      note: optionalText(20_000),
    }),
    { minItems: 1, maxItems: 500 },
  ),
});

/**
 * Sổ theo dõi hồ sơ, at most 1,000 rows a file: a longer book comes in volumes (300 rows are 34 pages and half a second;
 * 2,000 took 700 MB for the tags alone).
 */
export const RegisterData = paper({
  desk: text(300),
  book: optionalText(30),
  /** Both days included. */
  from: day(),
  to: day(),
  /** Number of the first row; numbers run on through the volumes. Default 1. */
  firstNumber: Type.Optional(count()),
  /** Of the whole book, all volumes. */
  totals: Type.Optional(row({ rows: count(), ended: count(), takenOver: count(), volumes: count() })),
  rows: Type.Array(
    row({
      dossierCode: dossierFields.dossierCode,
      procedureName: text(1000),
      sets: count(),
      partyName: text(500),
      address: optionalText(1000),
      phone: optionalText(50),
      authority: text(300),
      receivedAt: instant(),
      dueAt: Type.Optional(instant()),
      /** Ngày chuyển kết quả. */
      resultAt: Type.Optional(instant()),
      resultChannel: Type.Optional(ResultChannel),
      note: optionalText(500),
    }),
    { maxItems: 1000 },
  ),
});

/** Schema of each kind's data; `satisfies` makes a forgotten kind a type error. */
export const SLIP_DATA = {
  RECEIPT: ReceiptData,
  SUPPLEMENT: SupplementData,
  REFUSAL: RefusalData,
  APOLOGY: ApologyData,
  STOP: StopData,
  CONTROL: ControlData,
  REGISTER: RegisterData,
  RESULT: ResultData,
} as const satisfies Record<SlipKind, TSchema>;

/** Data of one kind: `SlipData<'RECEIPT'>`. */
export type SlipData<K extends SlipKind = SlipKind> = Static<(typeof SLIP_DATA)[K]>;
