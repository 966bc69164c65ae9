import { Button, Center, Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = {
  readonly icon: Icon;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: { readonly label: string; readonly run: () => void };
};

/** A page that has nothing to show but a reason: missing, unreachable, outdated. */
export function FullPageState({ icon: Icon, title, children, action }: Props) {
  return (
    <Center mih="60vh" p="lg">
      <Stack align="center" gap="sm" maw="30rem" ta="center">
        <Icon size={36} stroke={1.4} color="var(--concert-accent-text)" aria-hidden />
        <Title order={1}>{title}</Title>
        <Text c="dimmed">{children}</Text>
        {action && (
          <Button mt="sm" onClick={action.run}>
            {action.label}
          </Button>
        )}
      </Stack>
    </Center>
  );
}
