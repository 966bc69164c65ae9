import { Group, Kbd, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useKeysOn } from './shortcuts.ts';

type Props = { readonly label: string; readonly keys: string; readonly children: ReactElement };

/** Says the shortcut of a button on hover, while shortcuts are on. */
export function KeyHint({ label, keys, children }: Props) {
  const [on] = useKeysOn();
  return (
    <Tooltip
      disabled={!on}
      label={
        <Group gap={6} wrap="nowrap">
          {label}
          <Kbd size="xs">{keys}</Kbd>
        </Group>
      }
    >
      {children}
    </Tooltip>
  );
}
