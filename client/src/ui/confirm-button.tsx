import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';

type DialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, to whom, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The verb, never "OK". */
  readonly action: string;
  /** A rejected promise keeps the dialog open; saying why is the caller's business. */
  readonly onConfirm: () => Promise<unknown>;
  readonly danger?: boolean;
};

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ opened, onClose, title, children, action, onConfirm, danger = true }: DialogProps) {
  const t = useText(common);
  const [busy, setBusy] = useState(false);
  const confirm = () => {
    setBusy(true);
    onConfirm()
      .then(onClose, () => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Text size="sm" component="div">
        {children}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color={danger ? 'red' : undefined} loading={busy} onClick={confirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}

type ButtonOwn = Omit<DialogProps, 'opened' | 'onClose'> & { readonly label: ReactNode } & ButtonProps;

/** A button that asks before it acts. */
export function ConfirmButton({ title, children, action, onConfirm, danger, label, ...button }: ButtonOwn) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" flex="none" {...button} onClick={open}>
        {label}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={title}
        action={action}
        onConfirm={onConfirm}
        danger={danger}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
