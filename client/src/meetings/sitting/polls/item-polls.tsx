import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { Button, Group, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './poll.module.css';
import { PollCard } from './poll-card.tsx';
import { PollDialog } from './poll-dialog.tsx';
import { useArrival } from './use-arrival.ts';

/** The polls that are open now: before everything else, whatever else one was looking at. */
export function OpenPolls() {
  const { polls } = useSitting();
  const open = polls.filter(({ state }) => state === 'open');
  useArrival(open.map(({ id }) => id));
  if (open.length === 0) return null;
  return (
    <div className={styles.list}>
      {open.map((poll) => (
        <PollCard key={poll.id} poll={poll} centre />
      ))}
    </div>
  );
}

const PREPARED_IN: ReadonlySet<string> = new Set(['convened', 'frozen', 'in-session', 'suspended']);

/** The polls of an item that are not open: prepared ones for who conducts, and results. */
export function ItemPolls({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { meeting, polls } = useSitting();
  const [preparing, { open, close }] = useDisclosure(false);
  const { conducts } = meeting.me;
  const own = polls.filter(
    ({ itemId, state }) => itemId === item.id && state !== 'open' && (conducts || state !== 'draft'),
  );
  const prepares = conducts && PREPARED_IN.has(meeting.state) && !item.barred;
  if (own.length === 0 && !prepares) return null;
  return (
    <section aria-label={t('poll.title')} className={styles.list}>
      <Group justify="space-between">
        <Title order={3}>{t('poll.title')}</Title>
        {prepares && (
          <Button variant="default" size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={open}>
            {t('poll.prepare')}
          </Button>
        )}
      </Group>
      {own.map((poll) => (
        <PollCard key={poll.id} poll={poll} />
      ))}
      <PollDialog opened={preparing} onClose={close} itemId={item.id} />
    </section>
  );
}
