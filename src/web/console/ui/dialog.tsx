import { type ReactNode, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslate } from '../../shared/i18n/context.tsx';
import '../aria-strings.ts';

/**
 * A dialog above the screen: keeps the focus inside, gives it back, closes by Escape unless `stubborn`; where something was
 * typed, at the second time.
 * Load it lazily (`lazy(() => import('../ui/dialog.tsx'))`): react-aria is not in the first script.
 */
export default function Dialog({
  title,
  onClose,
  stubborn = false,
  children,
}: {
  title: string;
  onClose: () => void;
  stubborn?: boolean;
  children: ReactNode;
}) {
  const t = useTranslate();
  const [typed, setTyped] = useState(false);
  const [asked, setAsked] = useState(false);
  const change = (): void => {
    setTyped(true);
    setAsked(false);
  };
  return (
    <ModalOverlay
      className="dialog-backdrop"
      isOpen
      isKeyboardDismissDisabled={stubborn}
      onOpenChange={(open) => {
        if (open) return;
        if (typed && !asked) setAsked(true);
        else onClose();
      }}
    >
      <Modal className="dialog">
        <AriaDialog role="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {asked ? (
            <p className="error-message" role="alert">
              {t('console.unsaved.escape')}
            </p>
          ) : null}
          {/* What is typed in any field of the dialog passes here. */}
          <div onChange={change}>{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
