import { Badge, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endOneSession, endSessions, type OpenSession, readSessions, SESSIONS_KEY } from '../../platform/auth.ts';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { useSession } from '../../platform/session.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { DeviceLine, useDeviceName } from '../../ui/device-line.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';

/** The browsers in which the account is open: this one first, each of them ended by a button. */
export function SessionList() {
  const t = useText(messages);
  const sessions = useQuery({ queryKey: SESSIONS_KEY, queryFn: readSessions });
  const mine = (sessions.data ?? []).toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.updatedAt.localeCompare(a.updatedAt),
  );
  return (
    <Section title={t('sessions.title')} detail={t('sessions.detail')}>
      {sessions.isPending && <ListSkeleton count={3} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <Rows label={t('sessions.title')}>
        {mine.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Rows>
      {sessions.isSuccess && <EndMany alone={mine.length <= 1} />}
    </Section>
  );
}

function SessionRow({ session }: { session: OpenSession }) {
  const t = useText(messages);
  const format = useFormat();
  const queries = useQueryClient();
  const name = useDeviceName()(session.userAgent);
  const end = useMutation({
    mutationFn: () => endOneSession(session.id),
    onSuccess: () => {
      sayDone(t('sessions.ended'));
      return queries.invalidateQueries({ queryKey: SESSIONS_KEY });
    },
  });
  return (
    <Group justify="space-between" py="sm" gap="sm" wrap="nowrap">
      <DeviceLine
        userAgent={session.userAgent}
        mark={
          session.current && (
            <Badge size="sm" variant="light">
              {t('sessions.current')}
            </Badge>
          )
        }
        detail={
          <>
            {!session.current && (
              <>
                <Seen at={session.updatedAt} />
                {' · '}
              </>
            )}
            {t(session.current ? 'sessions.sinceHere' : 'sessions.since', { date: format.date(session.createdAt) })}
          </>
        }
      />
      {!session.current && (
        <ConfirmButton
          label={t('sessions.end')}
          aria-label={t('sessions.endName', { device: name })}
          size="xs"
          title={t('sessions.endTitle')}
          action={t('sessions.end')}
          onConfirm={() => end.mutateAsync()}
        >
          {t('sessions.endDetail', { device: name })}
        </ConfirmButton>
      )}
    </Group>
  );
}

function Seen({ at }: { at: string }) {
  const t = useText(messages);
  const [before = '', after = ''] = t('sessions.seen', { when: '|' }).split('|');
  return (
    <>
      {before}
      <RelativeTime at={at} />
      {after}
    </>
  );
}

function EndMany({ alone }: { alone: boolean }) {
  const t = useText(messages);
  const queries = useQueryClient();
  const { lose } = useSession();
  const others = useMutation({
    mutationFn: () => endSessions('others'),
    onSuccess: () => {
      sayDone(t('sessions.othersEnded'));
      return queries.invalidateQueries({ queryKey: SESSIONS_KEY });
    },
  });
  const all = useMutation({ mutationFn: () => endSessions('all'), onSuccess: lose });
  return (
    <Stack gap="sm" mt="lg" align="flex-start">
      {alone && (
        <Text size="sm" c="dimmed">
          {t('sessions.only')}
        </Text>
      )}
      <Group gap="sm">
        {!alone && (
          <ConfirmButton
            label={t('sessions.others')}
            title={t('sessions.othersTitle')}
            action={t('sessions.others')}
            onConfirm={() => others.mutateAsync()}
          >
            {t('sessions.othersDetail')}
          </ConfirmButton>
        )}
        <ConfirmButton
          label={t('sessions.all')}
          title={t('sessions.allTitle')}
          action={t('sessions.all')}
          onConfirm={() => all.mutateAsync()}
        >
          {t('sessions.allDetail')}
        </ConfirmButton>
      </Group>
    </Stack>
  );
}
