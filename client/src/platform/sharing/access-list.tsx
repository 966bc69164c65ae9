import type { AccessEntry } from '@concert/domain/access/api.ts';
import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { PersonLine } from '../../ui/person-line.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { useFormat } from '../format.ts';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { useMe } from '../session.tsx';
import styles from './access-list.module.css';
import { lastDayOf } from './ends.ts';
import { messages } from './messages.ts';
import { useReasonText } from './reason-text.ts';
import { type Subject, useAccess } from './subject.ts';

/** Who can see the subject, and why: each person, what they may do, and every reason in a sentence. */
export function AccessListView({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const { query, entries, summary } = useAccess(subject);
  return (
    <>
      {query.isPending && <ListSkeleton count={5} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {summary && (
        <Text size="sm" mb="xs">
          <strong>{t('access.people', { count: summary.people })}</strong>
          {summary.denied ? ` · ${t('access.denied', { count: summary.denied })}` : ''}
          {summary.pendingInvitations ? ` · ${t('access.pending', { count: summary.pendingInvitations })}` : ''}
        </Text>
      )}
      {query.isSuccess && !subject.owned && (
        <Text size="xs" c="dimmed" mb="xs">
          {t('access.ownersOnly')}
        </Text>
      )}
      <Rows label={t('access.title')}>
        {entries.map((entry) => (
          <EntryRow key={entry.personId} entry={entry} subject={subject} />
        ))}
      </Rows>
      <LoadMore list={query} />
    </>
  );
}

function EntryRow({ entry, subject }: { entry: AccessEntry; subject: Subject }) {
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  const kept = entry.role === null;
  const about = [entry.title, entry.organisationName].filter(Boolean).join(' · ');
  return (
    <div className={styles.entry} data-denied={kept || undefined}>
      <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
        <PersonLine
          person={entry}
          detail={about}
          size={36}
          mark={
            entry.personId === me.id && (
              <Text size="xs" c="dimmed" component="span">
                ({say('you')})
              </Text>
            )
          }
        />
        {entry.role ? (
          <RoleBadge role={entry.role} />
        ) : (
          <Badge radius="sm" color="red" variant="light" leftSection={<IconEyeOff size={13} aria-hidden />}>
            {t('access.keptOut')}
          </Badge>
        )}
      </Group>
      <Reasons entry={entry} subject={subject} />
    </div>
  );
}

function Reasons({ entry: { reasons = [], tokens = [] }, subject }: { entry: AccessEntry; subject: Subject }) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const explain = useReasonText();
  if (reasons.length === 0 && tokens.length === 0) return null;
  return (
    <Stack component="ul" gap={2} className={styles.reasons}>
      {reasons.map((reason) => (
        <li key={JSON.stringify(reason)}>
          {explain(reason, subject.kind)}
          {reason.note && <span className={styles.note}>{t('quoted', { text: reason.note })}</span>}
        </li>
      ))}
      {tokens.map(({ name, role, until }) => (
        <li key={name}>
          {t('reason.token', { name, role: say(`role.${role}`) })}
          {until && `, ${t('reason.until', { date: format.date(lastDayOf(until)) })}`}
        </li>
      ))}
    </Stack>
  );
}
