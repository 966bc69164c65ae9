import { Box, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Face, PersonAvatar } from './person-avatar.tsx';

type Props = { readonly person: Face; readonly detail?: ReactNode; readonly mark?: ReactNode; readonly size?: number };

/** A person with their name and one line about them. */
export function PersonLine({ person, detail, mark, size = 34 }: Props) {
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <PersonAvatar person={person} size={size} decorative />
      <Box miw={0}>
        <Group gap={6} wrap="nowrap">
          <Text fw={560} size="sm" truncate>
            {person.name}
          </Text>
          {mark}
        </Group>
        {detail && (
          <Text size="xs" c="dimmed" truncate component="div">
            {detail}
          </Text>
        )}
      </Box>
    </Group>
  );
}
