import type { Field } from '@concert/domain/fields/types.ts';
import type { CSSProperties, ReactNode } from 'react';
import { announceField } from '../../platform/editor/peers.ts';
import { useLocale } from '../../platform/i18n.ts';
import { inkOn } from '../../ui/initials.ts';
import { useFields, useInvalid } from './context.tsx';
import styles from './frame.module.css';

/** What a control is drawn with. */
export type ControlProps = {
  readonly label: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
  readonly withAsterisk: boolean;
  readonly readOnly: boolean;
};

/** The words of a field, and what is wrong with its value, in the language of the moment. */
export function useControlProps(field: Field, path: string): ControlProps {
  const locale = useLocale();
  const { editable } = useFields();
  return {
    label: field.label[locale],
    description: field.help?.[locale],
    error: useInvalid(field, path),
    withAsterisk: field.required ?? false,
    readOnly: !editable,
  };
}

/** Shows who else is in a field, and tells the others that this person is. */
export function FieldFrame({ path, children }: { path: string; children: ReactNode }) {
  const { room, peersByField } = useFields();
  const peers = peersByField.get(path) ?? [];
  const first = peers[0];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to where the focus of its control goes
    <div
      className={styles.frame}
      data-field={path}
      data-peer={first ? true : undefined}
      style={first ? peerColor(first.color) : undefined}
      onFocus={() => announceField(room.awareness, path)}
      onBlur={() => announceField(room.awareness, undefined)}
    >
      {children}
      {first && (
        <span className={styles.name} style={{ backgroundColor: first.color, color: inkOn(first.color) }}>
          {peers.map(({ name }) => name).join(', ')}
        </span>
      )}
    </div>
  );
}

const peerColor = (color: string): CSSProperties & { '--peer': string } => ({ '--peer': color });

/** Takes the focus to a field; false while it is not on the page. */
export function focusField(path: string): boolean {
  const frame = [...document.querySelectorAll<HTMLElement>('[data-field]')].find(
    ({ dataset }) => dataset.field === path,
  );
  const control = frame?.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, button, select');
  // Only as far as needed: the text beside the form may be on its way to its section.
  frame?.scrollIntoView({ block: 'nearest' });
  control?.focus({ preventScroll: true });
  return frame !== undefined;
}
