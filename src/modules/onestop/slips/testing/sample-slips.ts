import type { SlipData } from '../rules/slip-data.ts';
import type { SlipKind } from '../rules/slip-kinds.ts';

/** Invented people and places; numbers of the range that only tests accept. */
const letterhead = {
  parentAuthority: 'Ủy ban nhân dân huyện Suối Mơ',
  authority: 'Bộ phận Tiếp nhận và Trả kết quả',
  number: '125/TNHS',
  place: 'Suối Mơ',
  date: '2023-08-21',
};
const dossier = {
  dossierCode: '000.00.01.H99-230821-0001',
  checkUrl: 'https://motcua.example.vn/tra-cuu/000.00.01.H99-230821-0001',
};
const owner = {
  name: 'Nguyễn Thị Thử Nghiệm',
  address: 'Thôn Bình Yên, xã Suối Trong, huyện Suối Mơ',
  phone: '0900 000 001',
  email: 'thunghiem@example.vn',
  identityNumber: '999000000001',
};
const procedureName = 'Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất';

/** One complete, ordinary paper of each kind. */
export const SAMPLE_SLIPS: { readonly [K in SlipKind]: SlipData<K> } = {
  RECEIPT: {
    letterhead,
    ...dossier,
    copy: 'Liên 1: Giao người nộp',
    desk: 'Bộ phận Tiếp nhận và Trả kết quả huyện Suối Mơ',
    owner,
    submitter: { name: 'Lê Văn Giả Định', phone: '0900 000 002' },
    procedureName,
    procedureCode: '1.004873',
    components: [
      { name: 'Đơn đăng ký biến động đất đai, tài sản gắn liền với đất', originals: 1 },
      { name: 'Giấy chứng nhận đã cấp', originals: 1, photocopies: 1 },
      { name: 'Văn bản thỏa thuận của các thành viên hộ gia đình', certifiedCopies: 1, note: 'đã công chứng' },
    ],
    sets: 1,
    allowance: { amount: 5, unit: 'working-day' },
    receivedAt: '2023-08-21T09:05:00+07:00',
    dueAt: '2023-08-28T09:05:00+07:00',
    resultChannel: 'desk',
    resultPlace: 'quầy số 3',
    fees: [
      { name: 'Lệ phí địa chính', amountVnd: 28_000, paid: true },
      { name: 'Phí thẩm định hồ sơ', amountVnd: 1_250_000 },
    ],
    registerBook: '02/2023',
    registerNumber: '417',
    submitterName: 'Lê Văn Giả Định',
    receiver: { name: 'Trần Văn Ví Dụ', phone: '0900 000 003' },
  },
  SUPPLEMENT: {
    letterhead: { ...letterhead, number: '17/HDHS' },
    ...dossier,
    owner,
    procedureName,
    items: [
      'Bản sao Giấy chứng nhận kết hôn (bản chứng thực).',
      'Đơn đăng ký: ghi đủ số thửa, tờ bản đồ và ký tên ở trang 2.',
    ],
    reason: 'Đơn thiếu chữ ký của người sử dụng đất thứ hai.',
    respondBy: '2023-09-05',
    website: 'https://motcua.example.vn/thu-tuc/1.004873',
    guide: { name: 'Trần Văn Ví Dụ', phone: '0900 000 003' },
  },
  REFUSAL: {
    letterhead: { ...letterhead, number: '03/TCHS' },
    ...dossier,
    desk: 'Bộ phận Tiếp nhận và Trả kết quả huyện Suối Mơ',
    owner,
    procedureName,
    reason:
      'Thửa đất đang có tranh chấp, Tòa án nhân dân đã thụ lý vụ án.\nThủ tục không thuộc thẩm quyền giải quyết của Ủy ban nhân dân huyện.',
    contact: { name: 'Trần Văn Ví Dụ', phone: '0900 000 003' },
    submitterName: 'Lê Văn Giả Định',
    receiver: { name: 'Trần Văn Ví Dụ' },
  },
  STOP: {
    letterhead: {
      parentAuthority: 'Ủy ban nhân dân xã Suối Mơ',
      authority: 'Trung tâm Phục vụ hành chính công',
      number: '09/TB-TTPVHCC',
      place: 'Suối Mơ',
      date: '2026-02-03',
    },
    dossierCode: 'H99.32.05-260126-0001',
    checkUrl: 'https://motcua.example.vn/tra-cuu/H99.32.05-260126-0001',
    owner,
    procedureName,
    receivedAt: '2026-01-26T14:30:00+07:00',
    requestedOn: '2026-02-02',
    bases: [
      'Căn cứ Nghị định số 118/2025/NĐ-CP của Chính phủ về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông;',
      'Căn cứ đơn đề nghị dừng giải quyết hồ sơ của Ông/Bà Nguyễn Thị Thử Nghiệm.',
    ],
    reason: 'Người nộp hồ sơ đề nghị dừng để hoàn tất thủ tục thừa kế.',
    state: 'Hồ sơ đang được thẩm định tại bộ phận chuyên môn; chưa có kết quả.',
    returnedPapers: [
      { name: 'Đơn đăng ký biến động', quantity: 1 },
      { name: 'Giấy chứng nhận đã cấp (bản gốc)', quantity: 1 },
    ],
    refunds: [{ name: 'Lệ phí địa chính', amountVnd: 28_000 }],
    signer: { capacity: 'Giám đốc', name: 'Phạm Thị Minh Họa' },
  },
  CONTROL: {
    letterhead: { ...letterhead, number: '125/KSHS' },
    ...dossier,
    owner,
    procedureName,
    receivedAt: '2023-08-21T09:05:00+07:00',
    dueAt: '2023-08-28T09:05:00+07:00',
    authority: 'Chi nhánh Văn phòng Đăng ký đất đai huyện Suối Mơ',
    supporting: ['Chi cục Thuế khu vực Suối Mơ', 'Ủy ban nhân dân xã Suối Trong'],
    steps: [
      {
        handedOverBy: 'Bộ phận Tiếp nhận và Trả kết quả',
        handedOverByPerson: 'Trần Văn Ví Dụ',
        takenOverBy: 'Chi nhánh Văn phòng Đăng ký đất đai',
        takenOverByPerson: 'Hoàng Thị Mẫu',
        at: '2023-08-21T15:00:00+07:00',
        outcome: 'on-time',
      },
      {
        handedOverBy: 'Chi nhánh Văn phòng Đăng ký đất đai',
        handedOverByPerson: 'Hoàng Thị Mẫu',
        takenOverBy: 'Chi cục Thuế khu vực',
        at: '2023-08-23T10:30:00+07:00',
        outcome: 'early',
        note: 'Kèm phiếu chuyển thông tin địa chính',
      },
      {
        handedOverBy: 'Chi cục Thuế khu vực',
        takenOverBy: 'Chi nhánh Văn phòng Đăng ký đất đai',
        takenOverByPerson: 'Hoàng Thị Mẫu',
        at: '2023-08-29T08:00:00+07:00',
        outcome: 'late',
      },
    ],
  },
  REGISTER: {
    letterhead: { ...letterhead, number: '' },
    desk: 'Bộ phận Tiếp nhận và Trả kết quả huyện Suối Mơ',
    book: '02/2023',
    from: '2023-08-01',
    to: '2023-08-31',
    rows: [1, 2, 3].map((number) => ({
      dossierCode: `000.00.01.H99-230821-000${number}`,
      procedureName,
      sets: 1,
      partyName: owner.name,
      address: owner.address,
      phone: owner.phone,
      authority: 'Chi nhánh Văn phòng Đăng ký đất đai',
      receivedAt: '2023-08-21T09:05:00+07:00',
      dueAt: '2023-08-28T09:05:00+07:00',
      ...(number === 1 ? { resultAt: '2023-08-25T16:00:00+07:00', resultChannel: 'post' as const } : {}),
    })),
  },
  RESULT: {
    letterhead: {
      parentAuthority: 'Ủy ban nhân dân tỉnh Ví Dụ',
      authority: 'Ủy ban nhân dân xã Suối Mơ',
      number: '609/QĐ-UBND',
      place: 'Suối Mơ',
      date: '2026-02-03',
    },
    dossierCode: 'H99.32.05-260126-0002',
    checkUrl: 'https://motcua.example.vn/tra-cuu/H99.32.05-260126-0002',
    typeName: 'Quyết định',
    subject: 'Về việc trợ cấp xã hội hằng tháng',
    decidedBy: 'Chủ tịch Ủy ban nhân dân xã Suối Mơ',
    bases: ['Căn cứ Luật Tổ chức chính quyền địa phương;', 'Xét đề nghị của Trưởng phòng Văn hóa – Xã hội.'],
    body: [
      { kind: 'heading', text: 'QUYẾT ĐỊNH:' },
      { kind: 'article', label: 'Điều 1.', text: 'Trợ cấp xã hội hằng tháng đối với người có tên sau đây:' },
      {
        kind: 'fields',
        rows: [
          { label: 'Họ và tên', value: owner.name },
          { label: 'Ngày sinh', value: '01/01/1950' },
          { label: 'Nơi thường trú', value: '' },
        ],
      },
      {
        kind: 'table',
        columns: ['Khoản', 'Mức hưởng (đồng/tháng)', 'Từ tháng'],
        rows: [['Trợ cấp người cao tuổi', '500.000', '02/2026']],
      },
      { kind: 'article', label: 'Điều 2.', text: 'Quyết định này có hiệu lực kể từ ngày ký.' },
    ],
    signer: { onBehalfOf: 'TM. Ủy ban nhân dân', capacity: 'KT. Chủ tịch\nPhó Chủ tịch', name: 'Phạm Thị Minh Họa' },
    recipients: ['Như Điều 1;', 'Phòng Văn hóa – Xã hội;', 'Lưu: VT, HS.'],
    draft: false,
  },
};
