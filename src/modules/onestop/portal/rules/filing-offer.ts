/** Whether and how a procedure can be filed online here and now. */
export type FilingOffer =
  | { readonly kind: 'local'; readonly training: boolean; readonly guest: boolean }
  | { readonly kind: 'national'; readonly url: string }
  | { readonly kind: 'desk-only' };

/** What the regime of the day says about channels (aspect `channels`) and guests (aspect `sign-in`). */
export type ChannelRegime = {
  readonly onlineFiling: 'local-portal' | 'national-portal';
  readonly nationalPortalUrl?: string | undefined;
  /** The regime lets a marked training mode file locally. */
  readonly trainingMode: boolean;
  readonly guestFiling: boolean;
};

/**
 * Decides where filing leads (domain §11.8): the local portal until 30/6/2025; since 1/7/2025 the national portal,
 * except in an installation that runs in the marked training mode (contracts §3). A procedure without the online
 * channel is filed at the desk whatever the regime. An unknown regime (`undefined`) closes online filing.
 *
 * @param training whether this installation runs in training mode.
 * @example decideFilingOffer({online: true, guestFiling: false}, regime2026, false) → {kind: 'national', url: 'https://dichvucong.gov.vn'}
 */
export function decideFilingOffer(
  procedure: { readonly online: boolean; readonly guestFiling: boolean },
  regime: ChannelRegime | undefined,
  training: boolean,
): FilingOffer {
  if (!procedure.online || regime === undefined) return { kind: 'desk-only' };
  const guest = procedure.guestFiling && regime.guestFiling;
  if (regime.onlineFiling === 'local-portal') return { kind: 'local', training: false, guest };
  if (training && regime.trainingMode) return { kind: 'local', training: true, guest };
  return { kind: 'national', url: regime.nationalPortalUrl ?? 'https://dichvucong.gov.vn' };
}
