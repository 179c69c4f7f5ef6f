import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import '../aria-strings.ts';

/**
 * A dialog above the screen: keeps the focus inside, gives it back, closes by Escape unless `stubborn`.
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
  return (
    <ModalOverlay
      className="dialog-backdrop"
      isOpen
      isKeyboardDismissDisabled={stubborn}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="dialog">
        <AriaDialog role="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
