import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { findText } from '../platform/i18n.ts';

/** Says that something was done and offers to take it back, for eight seconds. */
export function offerUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    message: <UndoMessage message={message} onUndo={() => take()} />,
    autoClose: 8_000,
    color: 'lagoon',
    closeButtonProps: { 'aria-label': findText('close') ?? 'Close' },
  });
  const take = () => {
    notifications.hide(id);
    undo();
  };
}

function UndoMessage({ message, onUndo }: { message: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {findText('undo')}
      </Button>
    </Group>
  );
}
