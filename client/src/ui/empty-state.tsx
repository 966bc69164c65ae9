import { Group, Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

type Props = {
  readonly icon: Icon;
  readonly title: string;
  /** What this place is for and how the first thing gets here. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** For side columns. */
  readonly compact?: boolean;
};

/** What a list says while there is nothing in it. */
export function EmptyState({ icon: Icon, title, children, action, compact = false }: Props) {
  return (
    <Stack className={styles.root} data-compact={compact || undefined} gap={compact ? 6 : 'xs'} align="flex-start">
      <span className={styles.icon}>
        <Icon size={compact ? 18 : 22} stroke={1.6} aria-hidden />
      </span>
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" size="sm" maw="36rem" component="div">
          {children}
        </Text>
      )}
      {action && <Group mt={compact ? 4 : 'xs'}>{action}</Group>}
    </Stack>
  );
}
