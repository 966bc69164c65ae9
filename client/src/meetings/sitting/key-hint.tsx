import { Group, Kbd, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useKeysOn } from './shortcuts.ts';

type Props = {
  readonly label: string;
  readonly keys: string;
  readonly children: ReactElement;
  readonly icon?: boolean;
};

/** Says the shortcut of a button on hover, while shortcuts are on. `icon`: the button has no words of its own. */
export function KeyHint({ label, keys, children, icon = false }: Props) {
  const [on] = useKeysOn();
  return (
    <Tooltip
      disabled={!on && !icon}
      label={
        <Group gap={6} wrap="nowrap">
          {label}
          {on && <Kbd size="xs">{keys}</Kbd>}
        </Group>
      }
    >
      {children}
    </Tooltip>
  );
}
