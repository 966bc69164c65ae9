import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { Alert, Anchor, Badge, Group, Text, Title } from '@mantine/core';
import { IconEyeOff, IconFileText, IconLock, IconScale } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFormat } from '../../../platform/format.ts';
import { PersonLine } from '../../../ui/person-line.tsx';
import { ClockPanel } from '../clock/clock-panel.tsx';
import { durationText } from '../clock/clock-text.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './item.module.css';
import { recusalOf, recusedFrom } from './recusal.ts';

/** An item of the agenda with all that belongs to it: who presents it, its clock, its papers. */
export function ItemView({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { person } = useSitting();
  const presenter = person(item.presenterId);
  if (item.barred) return <BarredItem item={item} />;
  return (
    <article className={styles.item} aria-labelledby={`item-${item.id}`}>
      <ItemHead item={item} />
      <OwnRecusal item={item} />
      <Recused item={item} />
      <ClockPanel item={item} />
      {presenter && <PersonLine person={presenter} detail={t('sitting.item.presents')} />}
      {item.note && <Text className={styles.note}>{item.note}</Text>}
      <Papers item={item} />
    </article>
  );
}

function ItemHead({ item }: { item: AgendaItem }) {
  const t = useSay();
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
        {item.state !== 'active' && (
          <Badge radius="sm" variant="default">
            {t(`sitting.itemState.${item.state}`)}
          </Badge>
        )}
        {item.late && (
          <Badge radius="sm" variant="light" color="yellow">
            {t('sitting.item.late')}
          </Badge>
        )}
        {item.plannedSec > 0 && (
          <Text size="sm" c="dimmed">
            {t('sitting.item.planned', { time: durationText(item.plannedSec) })}
          </Text>
        )}
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

/** Tells whoever is recused from an item, and what that means for them. */
function OwnRecusal({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { meeting, myId } = useSitting();
  const recusal = recusalOf(meeting.conflicts, myId, item.id);
  if (!recusal) return null;
  return (
    <Alert color="yellow" icon={<IconScale aria-hidden />} title={t('sitting.recusal.title')}>
      {t(`sitting.recusal.${recusal}`)}
    </Alert>
  );
}

/** For who conducts: those who take no part in the vote. */
function Recused({ item }: { item: AgendaItem }) {
  const t = useSay();
  const format = useFormat();
  const { meeting, person } = useSitting();
  const names = recusedFrom(meeting.conflicts, item.id).flatMap((id) => person(id)?.name ?? []);
  if (!meeting.me.conducts || names.length === 0) return null;
  return (
    <Group gap={6} wrap="nowrap" c="dimmed">
      <IconEyeOff size={16} aria-hidden className={styles.sign} />
      <Text size="sm">{t('sitting.recusal.others', { count: names.length, names: format.list(names) })}</Text>
    </Group>
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
          </li>
        ))}
      </ul>
    </section>
  );
}
