import type { System } from '../system.ts';
import { enterFirstRegisters } from './first-registers.ts';
import { sendFirstMonth, sendFirstReports } from './first-reports.ts';
import { unitOf } from './unit-of.ts';

const MONTHLY = ['de-an-06', 'vneid', 'bhxh'];
const QUARTERLY = ['e-documents', 'nvtc', 'dvc-catalogue', 'digitisation', 'mailboxes', 'community-teams'];
const CAMPAIGNS = ['ho-tich', 'staff-obligations'];
/** Communes of Hiệp Đức whose reports are done with; four others stand for what else may happen. */
const ACCEPTED_2023 = [
  '20761-hiep-thuan',
  '20767-binh-lam',
  '20770-song-tra',
  '20773-phuoc-tra',
  '20782-que-luu',
  '20785-thang-phuoc',
  '20788-binh-son',
];

/** Registers and reports of the three communes of 2026. Hiệp Đức has entered nothing of Đề án 06 and BHXH yet. */
export async function fillDesk2026(system: System): Promise<void> {
  const unit = await unitOf(system);
  const [hiepDuc, vietAn, phuocTra] = [
    unit('20779-hiep-duc-2025'),
    unit('20767-viet-an-2025'),
    unit('20770-phuoc-tra-2025'),
  ];
  const registers = [...MONTHLY, ...QUARTERLY, ...CAMPAIGNS];
  await enterFirstRegisters(system, [
    { unitId: hiepDuc, registers: ['vneid', ...QUARTERLY, ...CAMPAIGNS] },
    { unitId: vietAn, registers },
    { unitId: phuocTra, registers },
  ]);
  await sendFirstReports(system, {
    above: unit('48-da-nang-2025'),
    own: 'II.06c',
    accepted: [vietAn],
    late: phuocTra,
    returned: hiepDuc,
    unsent: unit('20656-nong-son-2025'),
  });
  await sendFirstMonth(system, { unitId: vietAn });
}

/** Who reports and enters in the district of 2023, and what Nông Sơn reports of the figures it has published. */
export async function fillDesk2023(system: System): Promise<void> {
  const unit = await unitOf(system);
  const [district, tanBinh] = [unit('512-hiep-duc'), unit('20779-tan-binh')];
  const [hiepHoa, queTho] = [unit('20758-hiep-hoa'), unit('20764-que-tho')];
  const ofCommunes = ['e-documents', 'community-teams', 'ho-tich'];
  // What the district has told stays as told: VNeID, BHXH and digitising, which its targets are measured by.
  await enterFirstRegisters(system, [
    { unitId: district, registers: ['de-an-06', 'e-documents', 'nvtc', 'dvc-catalogue'] },
    { unitId: hiepHoa, registers: ofCommunes },
    { unitId: queTho, registers: ofCommunes },
    { unitId: tanBinh, registers: ofCommunes, withoutLast: true },
    // Hiệp Đức has given its people until the end of September and knows nothing yet: its three targets have no data.
    { unitId: unit('519-nong-son'), registers: ['staff-obligations'] },
  ]);
  await sendFirstReports(system, {
    above: district,
    own: 'II.06b',
    accepted: [hiepHoa, ...ACCEPTED_2023.map(unit)],
    late: queTho,
    returned: tanBinh,
    unsent: unit('20776-phuoc-gia'),
  });
  await sendFirstMonth(system, {
    unitId: unit('519-nong-son'),
    periodId: '2023-07',
    day: '2023-07-20',
    note: 'Số của sổ đã công bố ngày 19/07/2023; việc lập, gửi báo cáo này là giả định của bản trình diễn.',
  });
}
