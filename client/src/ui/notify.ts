import { notifications } from '@mantine/notifications';
import { findText } from '../platform/i18n.ts';
import { problemText } from '../platform/problem-text.ts';

/** Says that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: 'lagoon', autoClose: 4_000, closeButtonProps: closeButton() });
}

/** Says what failed and what to do about it. Stays until closed, or ten seconds. */
export function sayProblem(error: unknown, title?: string): void {
  notifications.show({
    title,
    message: problemText(error),
    color: 'red',
    autoClose: 10_000,
    closeButtonProps: closeButton(),
  });
}

/** Says why nothing was done, where no server had to be asked. */
export function sayRefusal(message: string): void {
  notifications.show({ message, color: 'red', autoClose: 10_000, closeButtonProps: closeButton() });
}

const closeButton = () => ({ 'aria-label': findText('close') ?? 'Close' });
