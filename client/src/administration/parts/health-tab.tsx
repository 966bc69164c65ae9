import { Alert, Badge, Group, Paper, Progress, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconBroadcast,
  IconClockBolt,
  IconDatabase,
  IconDeviceSdCard,
  IconHourglass,
  IconMailFast,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Format, useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { CardSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import {
  type HealthView,
  type Judgement,
  ofAcknowledgement,
  ofBacklog,
  ofDatabase,
  ofDisk,
  ofEventLoop,
  ofQueues,
  overall,
  sizeOf,
} from './judgement.ts';

/** How often the figures are read again, in milliseconds. */
const EVERY_MS = 5_000;

/** How the installation is doing: figures, each with what to think of it, read again every few seconds. */
export function HealthTab() {
  const t = useText(messages);
  const health = useQuery({
    ...orpc.administration.health.queryOptions({ input: {} }),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
  if (health.isPending) return <CardSkeleton count={6} />;
  if (!health.data) return <ErrorState error={health.error} onRetry={() => void health.refetch()} />;
  return (
    <Stack gap="2rem">
      {health.isError && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {t('health.stale')} <RelativeTime at={health.data.at} />
        </Alert>
      )}
      <Overall health={health.data} />
      <Cards health={health.data} />
      <Failures health={health.data} />
      <Collections health={health.data} />
      <Instance health={health.data} />
    </Stack>
  );
}

const TONE: Record<Judgement, string> = { good: 'lagoon', slow: 'yellow', bad: 'red', unknown: 'gray' };

function Overall({ health }: { health: HealthView }) {
  const t = useText(messages);
  const judgement = overall(health);
  return (
    <Alert color={TONE[judgement]} role="status" title={t(`health.overall.${judgement}`)}>
      {t(`health.overall.${judgement}.detail`)}
    </Alert>
  );
}

const size = (format: Format, bytes: number | undefined): string => {
  if (bytes === undefined) return '–';
  const { value, unit } = sizeOf(bytes);
  return format.number(value, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 });
};

const count = (format: Format, value: number | undefined): string => (value === undefined ? '–' : format.number(value));

const milliseconds = (format: Format, ms: number | undefined): string =>
  ms === undefined
    ? '–'
    : format.number(ms, {
        style: 'unit',
        unit: 'millisecond',
        unitDisplay: 'short',
        maximumFractionDigits: ms < 10 ? 1 : 0,
      });

function Cards({ health }: { health: HealthView }) {
  const t = useText(messages);
  const format = useFormat();
  const { ackLatency, eventLoopLag, database, sockets, queues, disk, backlogBytes } = health;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
      <Card
        icon={IconClockBolt}
        title={t('health.ack')}
        judgement={ofAcknowledgement(health)}
        text={`health.ack.${ofAcknowledgement(health)}`}
      >
        <Percentiles values={ackLatency} />
      </Card>
      <Card
        icon={IconDatabase}
        title={t(`health.database.${database.kind}`)}
        judgement={ofDatabase(health)}
        text={`health.database.${ofDatabase(health)}`}
      >
        {database.dataBytes !== undefined && (
          <Figure label={t('health.dataBytes')} value={size(format, database.dataBytes)} />
        )}
        <Figure label={t('health.storageBytes')} value={size(format, database.storageBytes)} />
        <Figure label={t('health.ping')} value={milliseconds(format, database.pingMs)} />
      </Card>
      <Card icon={IconBroadcast} title={t('health.sockets')}>
        <Figure label={t('health.sockets.documents')} value={format.number(sockets.documents)} />
        <Figure label={t('health.sockets.live')} value={format.number(sockets.live)} />
        <Figure label={t('health.documentsOpen')} value={format.number(health.documentsOpen)} />
      </Card>
      <Card
        icon={IconHourglass}
        title={t('health.loop')}
        judgement={ofEventLoop(health)}
        text={`health.loop.${ofEventLoop(health)}`}
      >
        <Figure label={t('health.p50')} value={milliseconds(format, eventLoopLag.p50)} />
        <Figure label={t('health.p99')} value={milliseconds(format, eventLoopLag.p99)} />
        <Figure label={t('health.max')} value={milliseconds(format, eventLoopLag.max)} />
      </Card>
      <Card
        icon={IconMailFast}
        title={t('health.queues')}
        judgement={ofQueues(health)}
        text={`health.queues.${ofQueues(health)}`}
      >
        <Figure label={t('health.pending')} value={count(format, queues.pending)} />
        <Figure label={t('health.failed')} value={count(format, queues.failed)} />
        <Figure label={t('health.backlog')} value={size(format, backlogBytes)} judgement={ofBacklog(health)} />
      </Card>
      <Card
        icon={IconDeviceSdCard}
        title={t('health.disk')}
        judgement={ofDisk(health)}
        text={`health.disk.${ofDisk(health)}`}
      >
        {disk && (
          <>
            <Figure label={t('health.free')} value={size(format, disk.freeBytes)} />
            <Figure label={t('health.total')} value={size(format, disk.totalBytes)} />
            <Progress
              mt={4}
              size="sm"
              color={TONE[ofDisk(health)]}
              value={100 - (100 * disk.freeBytes) / disk.totalBytes}
              aria-label={t('health.used')}
            />
          </>
        )}
      </Card>
    </SimpleGrid>
  );
}

type CardProps = {
  readonly icon: Icon;
  readonly title: string;
  readonly judgement?: Judgement;
  readonly text?: Parameters<ReturnType<typeof useText<string>>>[0];
  readonly children: ReactNode;
};

function Card({ icon: Sign, title, judgement, text, children }: CardProps) {
  const t = useText(messages);
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Group gap={8} wrap="nowrap" miw={0}>
          <Sign size={19} stroke={1.6} aria-hidden style={{ flex: 'none', color: 'var(--concert-accent-text)' }} />
          <Text fw={600} size="sm">
            {title}
          </Text>
        </Group>
        {judgement && (
          <Badge variant={judgement === 'unknown' ? 'default' : 'light'} color={TONE[judgement]} radius="sm">
            {t(`health.${judgement}`)}
          </Badge>
        )}
      </Group>
      <Stack gap={4}>{children}</Stack>
      {text && (
        <Text size="xs" c="dimmed" mt="sm">
          {t(text as Parameters<typeof t>[0])}
        </Text>
      )}
    </Paper>
  );
}

function Figure({ label, value, judgement }: { label: string; value: string; judgement?: Judgement }) {
  const alarming = judgement === 'slow' || judgement === 'bad';
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text
        size="sm"
        fw={560}
        c={alarming ? 'var(--mantine-color-error)' : undefined}
        style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
      >
        {value}
      </Text>
    </Group>
  );
}

function Percentiles({ values }: { values: HealthView['ackLatency'] }) {
  const t = useText(messages);
  const format = useFormat();
  return (
    <>
      <Figure label={t('health.p50')} value={milliseconds(format, values.p50)} />
      <Figure label={t('health.p95')} value={milliseconds(format, values.p95)} />
      <Figure label={t('health.p99')} value={milliseconds(format, values.p99)} />
    </>
  );
}

function Failures({ health: { queues } }: { health: HealthView }) {
  const t = useText(messages);
  const format = useFormat();
  if (queues.failures.length === 0) return null;
  return (
    <Section title={t('health.failures')} detail={t('health.failuresDetail')}>
      <Table aria-label={t('health.failures')}>
        <Table.Tbody>
          {queues.failures.map(({ type, count, lastAt }) => (
            <Table.Tr key={type}>
              <Table.Td>
                <code>{type}</code>
              </Table.Td>
              <Table.Td ta="end">{format.number(count)}</Table.Td>
              <Table.Td ta="end">
                <RelativeTime at={lastAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function Collections({ health: { database } }: { health: HealthView }) {
  const t = useText(messages);
  const format = useFormat();
  if (database.collections.length === 0) return null;
  const sized = database.collections.some(({ dataBytes }) => dataBytes !== undefined);
  const largest = database.collections.toSorted((a, b) => (b.dataBytes ?? b.documents) - (a.dataBytes ?? a.documents));
  return (
    <Section title={t('health.collections')}>
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing={6} aria-label={t('health.collections')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('health.collection')}</Table.Th>
              <Table.Th ta="end">{t('health.entries')}</Table.Th>
              {sized && <Table.Th ta="end">{t('health.size')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
            {largest.map(({ name, documents, dataBytes }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td ta="end">{format.number(documents)}</Table.Td>
                {sized && <Table.Td ta="end">{size(format, dataBytes)}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Instance({ health }: { health: HealthView }) {
  const t = useText(messages);
  const format = useFormat();
  return (
    <Section title={t('health.instance')}>
      <Stack gap={4} maw="30rem">
        <Figure label={t('health.version')} value={`${health.version} · Node ${health.node}`} />
        <Figure label={t('health.started')} value={format.dateTime(health.startedAt)} />
        {health.bus !== 'none' && <Figure label={t('health.bus')} value={t(`health.bus.${health.bus}`)} />}
        <Figure label={t('health.memory')} value={size(format, health.memory.rssBytes)} />
        <Figure label={t('health.requests')} value={format.number(health.errors.requests)} />
        <Figure label={t('health.failedCommits')} value={format.number(health.errors.failedCommits)} />
        <Figure label={t('health.refusedEdits')} value={format.number(health.errors.refusedEdits)} />
        <Figure
          label={t('health.backup')}
          value={health.lastBackupAt ? format.dateTime(health.lastBackupAt) : t('health.noBackup')}
        />
      </Stack>
    </Section>
  );
}
