import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { Alert, Anchor, Badge, Group, Text, Title } from '@mantine/core';
import { IconFileText, IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { PersonLine } from '../../../ui/person-line.tsx';
import { ClockPanel } from '../clock/clock-panel.tsx';
import { durationText } from '../clock/clock-text.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './item.module.css';
import { DeclareConflict, Recusals } from './recusals.tsx';

/** An item of the agenda with all that belongs to it: who presents it, its clock, its papers. */
export function ItemView({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { person, polls } = useSitting();
  const presenter = person(item.presenterId);
  const voting = polls.some(({ state }) => state === 'open');
  if (item.barred) return <BarredItem item={item} />;
  return (
    <article className={styles.item} data-quiet={voting || undefined} aria-labelledby={`item-${item.id}`}>
      <ItemHead item={item} />
      <Recusals item={item} />
      <ClockPanel item={item} />
      {presenter && <PersonLine person={presenter} detail={t('sitting.item.presents')} />}
      {item.note && <Text className={styles.note}>{item.note}</Text>}
      <Papers item={item} />
    </article>
  );
}

function ItemHead({ item }: { item: AgendaItem }) {
  const t = useSay();
  const written = useSitting().meeting.mode === 'written';
  return (
    <header>
      <Group gap="xs" mb={6}>
        {item.number && (
          <Text size="sm" c="dimmed">
            {t('sitting.item.number', { number: item.number })}
          </Text>
        )}
        <Badge radius="sm" variant={item.kind === 'decision' || item.kind === 'election' ? 'light' : 'default'}>
          {t(`sitting.kind.${item.kind}`)}
        </Badge>
        {item.state !== 'active' && !written && (
          <Badge radius="sm" variant="default">
            {t(`sitting.itemState.${item.state}`)}
          </Badge>
        )}
        {item.late && (
          <Badge radius="sm" variant="light" color="yellow">
            {t('sitting.item.late')}
          </Badge>
        )}
        {item.plannedSec > 0 && !written && (
          <Text size="sm" c="dimmed">
            {t('sitting.item.planned', { time: durationText(item.plannedSec) })}
          </Text>
        )}
        <DeclareConflict item={item} />
      </Group>
      <Title order={2} id={`item-${item.id}`} className={styles.title}>
        {item.title}
      </Title>
    </header>
  );
}

/** What a reader who is barred sees of an item: that it is there. */
function BarredItem({ item }: { item: AgendaItem }) {
  const t = useSay();
  return (
    <article className={styles.item}>
      <Text size="sm" c="dimmed">
        {t('sitting.item.number', { number: item.number ?? '' })}
      </Text>
      <Title order={2} className={styles.title}>
        {t('sitting.item.barredTitle')}
      </Title>
      <Alert color="gray" icon={<IconLock aria-hidden />}>
        {t('sitting.recusal.barred')}
      </Alert>
    </article>
  );
}

function Papers({ item }: { item: AgendaItem }) {
  const t = useSay();
  if (item.papers.length === 0) return null;
  return (
    <section aria-label={t('sitting.item.papers')}>
      <Text size="xs" c="dimmed" fw={580} mb={4}>
        {t('sitting.item.papers')}
      </Text>
      <ul className={styles.papers}>
        {item.papers.map(({ documentId, title, hash }) => (
          <li key={documentId}>
            <IconFileText size={17} stroke={1.6} aria-hidden className={styles.sign} />
            <span className={styles.paper}>
              {title === undefined ? (
                <Text size="sm" c="dimmed">
                  {t('sitting.item.closedPaper')}
                </Text>
              ) : (
                <Anchor component={Link} to={`/documents/${documentId}`} size="sm">
                  {title}
                </Anchor>
              )}
              {hash && (
                <Text size="xs" c="dimmed" title={`SHA-256 ${hash}`}>
                  {t('sitting.item.sent')}
                </Text>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
