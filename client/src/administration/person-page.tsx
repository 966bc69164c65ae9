import type { ManagedPersonDetail } from '@concert/domain/administration/people.ts';
import { maySeePeople } from '@concert/domain/administration/rules.ts';
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { useFormat } from '../platform/format.ts';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { orpc, problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { useMe } from '../platform/session.tsx';
import { DeviceLine } from '../ui/device-line.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PersonAvatar } from '../ui/person-avatar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { EndSessions, PersonSettings } from './parts/person-settings.tsx';
import { StateBadge } from './parts/state-badge.tsx';

/** `/administration/people/{id}`: one person, and what may be done about their account. */
export function Page() {
  const { platformRole } = useMe();
  return maySeePeople(platformRole) ? <PersonOf /> : <Missing />;
}

function PersonOf() {
  const t = useText(messages);
  const { personId = '' } = useParams();
  const person = useQuery(orpc.administration.person.queryOptions({ input: { id: personId } }));
  usePage(person.data?.name ?? '', [{ label: t('title'), to: '/administration' }]);
  if (person.isPending) return <PageSkeleton />;
  if (person.isError) {
    if (problemOf(person.error).status === 404 || problemOf(person.error).status === 400) return <Missing />;
    return (
      <PageBody>
        <ErrorState error={person.error} onRetry={() => void person.refetch()} />
      </PageBody>
    );
  }
  return <PersonView person={person.data} />;
}

function PersonView({ person }: { person: ManagedPersonDetail }) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const about = [person.title, person.organisationName].filter(Boolean).join(' · ');
  return (
    <PageBody maw="52rem">
      <PageHeader
        title={person.name}
        mark={<PersonAvatar person={person} size={44} decorative />}
        badges={
          <>
            <StateBadge state={person.state} />
            <Badge variant="default" radius="sm">
              {say(`platformRole.${person.platformRole}`)}
            </Badge>
          </>
        }
        detail={
          <>
            {about && <div>{about}</div>}
            {person.email && (
              <div style={{ overflowWrap: 'anywhere' }}>
                {person.email} · {t(person.emailVerified ? 'person.verified' : 'person.unverified')}
              </div>
            )}
            <Text size="sm" mt={4}>
              {t('person.since', { date: format.date(person.createdAt) })}
              {person.suspendedAt && ` · ${t('person.suspendedOn', { date: format.date(person.suspendedAt) })}`}
              {person.erasedAt && ` · ${t('person.erasedOn', { date: format.date(person.erasedAt) })}`}
            </Text>
          </>
        }
      />
      <Stack gap="2.5rem">
        <PersonSettings key={person.id} person={person} />
        <Workspaces person={person} />
        <Devices person={person} />
      </Stack>
    </PageBody>
  );
}

function Workspaces({ person }: { person: ManagedPersonDetail }) {
  const t = useText(messages);
  if (person.state === 'erased') return null;
  return (
    <Section title={t('person.workspaces')} detail={t('person.workspacesDetail')}>
      {person.workspaces.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('person.noWorkspace')}
        </Text>
      )}
      <Rows label={t('person.workspaces')}>
        {person.workspaces.map(({ id, name, role, onlyOwner }) => (
          <Group key={id} py="xs" justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              {name}
            </Text>
            <Group gap="xs" wrap="nowrap">
              {onlyOwner && (
                <Badge radius="sm" variant="light" color="yellow">
                  {t('person.onlyOwner')}
                </Badge>
              )}
              <RoleBadge role={role} />
            </Group>
          </Group>
        ))}
      </Rows>
    </Section>
  );
}

function Devices({ person }: { person: ManagedPersonDetail }) {
  const t = useText(messages);
  const format = useFormat();
  if (person.state === 'erased') return null;
  const nothing = person.sessions.length === 0 && person.tokenCount === 0;
  return (
    <Section
      title={t('person.sessions')}
      detail={person.tokenCount > 0 ? t('person.tokens', { count: person.tokenCount }) : undefined}
      action={!nothing && <EndSessions person={person} />}
    >
      {nothing && (
        <Text size="sm" c="dimmed">
          {t('person.noSession')}
        </Text>
      )}
      <Rows label={t('person.sessions')}>
        {person.sessions.map(({ id, userAgent, lastUsedAt, createdAt }) => (
          <Group key={id} py="sm">
            <DeviceLine
              userAgent={userAgent}
              detail={
                <>
                  <RelativeTime at={lastUsedAt} /> · {t('person.sessionSince', { date: format.date(createdAt) })}
                </>
              }
            />
          </Group>
        ))}
      </Rows>
    </Section>
  );
}
