import { Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';

const rows = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function Busy() {
  const t = useText(common);
  return <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>;
}

/** Stands in for a list while it is read. */
export function ListSkeleton({ count = 4 }: { count?: number }) {
  return (
    <Stack gap="md" py="xs">
      <Busy />
      {rows(count).map((row) => (
        <Group key={row} wrap="nowrap" gap="sm" aria-hidden>
          <Skeleton height={32} circle />
          <Stack gap={6} flex={1}>
            <Skeleton height={10} width="42%" />
            <Skeleton height={8} width="64%" />
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}

/** Stands in for cards while they are read. */
export function CardSkeleton({ count = 3 }: { count?: number }) {
  return (
    <Group gap="md" align="stretch">
      <Busy />
      {rows(count).map((row) => (
        <Skeleton key={row} height={112} radius="lg" flex="1 1 15rem" aria-hidden />
      ))}
    </Group>
  );
}

/** Stands in for a whole page while its code or its subject is read. */
export function PageSkeleton() {
  return (
    <Stack gap="lg" maw="60rem" p="xl">
      <Busy />
      <Skeleton height={26} width="36%" aria-hidden />
      <Skeleton height={10} width="58%" aria-hidden />
      <Skeleton height={160} radius="lg" aria-hidden />
    </Stack>
  );
}
