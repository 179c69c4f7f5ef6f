import type { Day } from '../../core/time/index.ts';
import type { OrganisationService } from '../../modules/foundation/organisation/index.ts';
import { loadRegimes, resolveRegime } from '../../modules/foundation/reference/index.ts';
import { type BannerText, type PlacePort, readLimits } from '../../modules/onestop/portal/index.ts';
import type { Config } from '../../platform/config/config.ts';
import { homeUnitsOn, type Installation } from '../installation.ts';

const LEVELS: Readonly<Record<string, string>> = { tinh: 'province', huyen: 'district', xa: 'commune' };

/** Settings of an installation the portal needs; written by `init` and by the demo. */
export type SiteSettings = {
  /** Administrative units this installation was made for; `homeUnitsOn` tells which they are today. */
  readonly homeUnitIds?: readonly string[];
  /** Limits for guests over `DEFAULT_LIMITS` of the portal. */
  readonly portalLimits?: unknown;
  readonly contact?: { readonly phone?: string; readonly email?: string; readonly address?: string };
};

function bannersOf(config: Config): BannerText[] {
  if (!config.demo) return [];
  const era =
    config.era === '2023'
      ? 'dữ liệu giả định, đồng hồ đặt ở ngày 31/08/2023 (mô hình ba cấp)'
      : 'dữ liệu giả định (mô hình hai cấp)';
  const demo: BannerText = {
    tone: 'warning',
    word: 'Trình diễn',
    text: `Đây là bản trình diễn: ${era}. Không dùng cho hồ sơ thật.`,
  };
  if (config.era === '2023') return [demo];
  return [
    demo,
    {
      tone: 'training',
      word: 'Tập huấn',
      text: 'Từ 01/07/2025 hồ sơ trực tuyến nộp tại Cổng Dịch vụ công quốc gia. Ở chế độ tập huấn này hồ sơ được nộp thử ngay tại đây.',
    },
  ];
}

/** Desks, regime and name of the authority that runs this portal. */
export function createPlacePort(
  organisation: OrganisationService,
  config: Config,
  installation: () => Installation | undefined,
): PlacePort {
  const regimes = loadRegimes();
  const settings = (): SiteSettings => (installation()?.settings ?? {}) as SiteSettings;
  return {
    async desksFor(procedure, day: Day) {
      const units = await organisation.directory();
      const levels = new Set(procedure.definition.levels.map((level) => LEVELS[level] ?? level));
      // A district's portal serves the desks of its communes too; each unit once.
      const served = new Set(
        homeUnitsOn(units, installation(), day).flatMap((id) => units.reachOn(id, 'subtree', day)),
      );
      return [...served].flatMap((id) => {
        const unit = units.unitOn(id, day);
        const takes = unit?.type === 'administrative' && levels.has(unit.level);
        const desk = takes ? units.officeOn(id, 'mot-cua', day) : undefined;
        return desk ? [{ id: desk.unitId, name: desk.name }] : [];
      });
    },
    channelRegime(day) {
      const channels = resolveRegime(regimes, 'channels', day);
      const signIn = resolveRegime(regimes, 'sign-in', day);
      if (!channels.ok || !signIn.ok) return undefined;
      const { onlineFiling, nationalPortalUrl, trainingMode } = channels.entry.value;
      return { onlineFiling, nationalPortalUrl, trainingMode, guestFiling: signIn.entry.value.guestFiling };
    },
    codeExample(day) {
      const code = resolveRegime(regimes, 'dossier-code', day);
      return code.ok ? code.entry.value.example : undefined;
    },
    limits: () => readLimits(settings().portalLimits),
    site: () => ({
      name: installation()?.name ?? 'Một Cửa',
      banners: bannersOf(config),
      contact: settings().contact ?? {},
      training: config.demo,
      demo: config.demo,
    }),
  };
}
