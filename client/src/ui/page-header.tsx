import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  readonly title: string;
  readonly detail?: ReactNode;
  /** Before the title: the sign of what the page is about. */
  readonly mark?: ReactNode;
  /** Beside the title: badges. */
  readonly badges?: ReactNode;
  /** At the right end: buttons. */
  readonly actions?: ReactNode;
};

/** The head of a page: its one h1, a sentence, its actions. */
export function PageHeader({ title, detail, mark, badges, actions }: Props) {
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="lg" component="header">
      <Box flex="1 1 18rem" miw={0}>
        <Group gap="sm" align="center">
          {mark}
          <Title order={1} style={{ overflowWrap: 'anywhere', textWrap: 'balance' }}>
            {title}
          </Title>
          {badges}
        </Group>
        {detail && (
          <Text c="dimmed" mt={6} maw="44rem" component="div" style={{ textWrap: 'pretty' }}>
            {detail}
          </Text>
        )}
      </Box>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
