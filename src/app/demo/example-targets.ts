import { dayOf } from '../../core/time/index.ts';
import type { TargetTerms } from '../../modules/insight/targets/index.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';

/** Invented for the demo of 2026: the seeds set targets for 2023 only. */
const COMMON = {
  source: { number: '', text: 'Chỉ tiêu giả định của bản trình diễn, không có văn bản thật' },
  owner: 'Văn phòng HĐND và UBND xã',
  unit: 'percent',
  decimals: 2,
  forecast: 'ratio',
} as const;
const TARGETS: readonly TargetTerms[] = [
  {
    ...COMMON,
    name: 'Hồ sơ nộp trực tuyến',
    direction: 'up',
    weight: 2,
    value: { metric: 'online-rate' },
    goal: { atLeast: 60 },
    minimumVolume: 20,
  },
  {
    ...COMMON,
    name: 'Hồ sơ nộp trực tuyến không thấp hơn trung bình các xã',
    direction: 'up',
    weight: 1,
    value: { metric: 'online-rate' },
    goal: { notBelow: { of: 'average-of-siblings' } },
    minimumVolume: 20,
  },
  {
    ...COMMON,
    name: 'Hồ sơ trễ hạn trên số đã giải quyết',
    direction: 'down',
    weight: 2,
    value: { metric: 'late-of-finished' },
    goal: { atMost: 2 },
    minimumVolume: 20,
  },
  {
    ...COMMON,
    name: 'Tỷ lệ xử lý bước quá hạn',
    direction: 'down',
    weight: 1,
    value: { metric: 'steps-late-rate' },
    goal: { atMost: 5 },
    minimumVolume: 20,
  },
  {
    ...COMMON,
    name: 'Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực',
    direction: 'up',
    weight: 1,
    value: { register: 'digitisation', measure: 'digitised' },
    goal: { atLeast: 60 },
    forecast: 'count',
  },
];

/** Gives the home communes of the demo the same targets for the year of its clock: they make leagues. */
export async function giveExampleTargets(system: System, unitIds: readonly string[]): Promise<void> {
  const today = dayOf(system.clock.now());
  const directory = await system.organisation.directory();
  const units = unitIds.filter((id) => directory.unitOn(id, today)?.type === 'administrative');
  const above = directory.unitOn(units[0] ?? '', today)?.parentId;
  if (!above) return;
  const lead = await demoHolder(system, above, 'targets.edit');
  for (const terms of TARGETS)
    await system.targets.add(lead, { unitIds: [...units], period: today.slice(0, 4), terms });
}
