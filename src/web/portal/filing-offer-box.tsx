import type { FilingOffer } from '../../modules/onestop/portal/rules/filing-offer.ts';
import { Note } from '../shared/design/banner.tsx';
import { LinkButton } from '../shared/design/button.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';

/** Where filing leads: here, to the national portal, or only to the desk; said before the button is pressed. */
export function FilingOfferBox({ offer, code, byPost }: { offer: FilingOffer; code: string; byPost: boolean }) {
  const t = useTranslate();
  switch (offer.kind) {
    case 'local':
      return (
        <div className="offer">
          {offer.training ? <Note tone="warning">{t('portal.offer.training')}</Note> : null}
          <LinkButton href={`/nop-ho-so?thu-tuc=${encodeURIComponent(code)}`}>{t('portal.offer.file')}</LinkButton>
          {offer.guest ? <p>{t('portal.offer.guest')}</p> : <p>{t('portal.offer.account')}</p>}
        </div>
      );
    case 'national':
      return (
        <div className="offer">
          <p>{t('portal.offer.national-text')}</p>
          <LinkButton href={offer.url}>{t('portal.offer.national')}</LinkButton>
        </div>
      );
    case 'desk-only':
      return <Note>{t(byPost ? 'portal.offer.desk-or-post' : 'portal.offer.desk-only')}</Note>;
  }
}
