import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type Props = {
  readonly title: string;
  readonly detail?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
};

/** A titled part of a page. */
export function Section({ title, detail, action, children }: Props) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id}>
      <Group justify="space-between" align="center" mb={detail ? 'md' : 'sm'} mih={30} wrap="nowrap">
        <Box miw={0}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {detail && (
            <Text c="dimmed" size="sm" mt={4} maw="40rem">
              {detail}
            </Text>
          )}
        </Box>
        {action}
      </Group>
      {children}
    </Box>
  );
}
