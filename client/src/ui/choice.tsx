import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Something one may do, with a sentence on what it means, and beside it what does it. */
export function Choice({ title, detail, children }: { title: string; detail: ReactNode; children: ReactNode }) {
  return (
    <Paper withBorder p="md" radius="lg">
      <Group justify="space-between" gap="md">
        <div style={{ flex: '1 1 16rem' }}>
          <Text fw={580} size="sm">
            {title}
          </Text>
          <Text size="sm" c="dimmed" component="div">
            {detail}
          </Text>
        </div>
        {children}
      </Group>
    </Paper>
  );
}
