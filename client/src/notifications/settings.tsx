import { MAIL_MODES, MAILED, type MailMode } from '@concert/domain/notifications/preferences.ts';
import { Alert, Box, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMailOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useText } from '../platform/i18n.ts';
import { client, orpc } from '../platform/query.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { sayProblem, sayRefusal } from '../ui/notify.ts';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { pushHere, switchPushOff, switchPushOn } from './push.ts';
import { type Preferences, usePreferencesChange } from './queries.ts';
import { dayNames, deviceZone, hourNames, zoneNames } from './times.ts';

/** `/settings/notifications`: what is mailed, when, and when never. Kept as soon as it is chosen. */
export function NotificationSettings() {
  const t = useText(messages);
  const preferences = useQuery(orpc.notifications.preferences.queryOptions({ input: {} }));
  if (preferences.isPending) return <ListSkeleton count={6} />;
  if (preferences.isError) return <ErrorState error={preferences.error} onRetry={() => void preferences.refetch()} />;
  return (
    <Stack gap="xl">
      {!preferences.data.delivers && (
        <Alert icon={<IconMailOff size={20} aria-hidden />} color="yellow" title={t('settings.noMail')}>
          {t('settings.noMailDetail')}
        </Alert>
      )}
      <PushSection />
      <Mails preferences={preferences.data} />
      <Digests preferences={preferences.data} />
      <Quiet preferences={preferences.data} />
    </Stack>
  );
}

const PUSH_HERE = ['notifications', 'push-here'] as const;

type Props = { readonly preferences: Preferences };

/** When each kind of event is mailed. */
function Mails({ preferences: { mail } }: Props) {
  const t = useText(messages);
  const change = usePreferencesChange();
  const modes = MAIL_MODES.map((value) => ({ value, label: t(`mail.mode.${value}`) }));
  return (
    <Section title={t('settings.mail')} detail={t('settings.mailDetail')}>
      <Rows label={t('settings.mail')}>
        {MAILED.map((kind) => (
          <Group key={kind} justify="space-between" gap="sm" py="sm" px="md">
            <Box flex="1 1 14rem" miw={0}>
              <Text size="sm" fw={560}>
                {t(`mail.${kind}`)}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`mail.${kind}.detail`)}
              </Text>
            </Box>
            <Select
              w="11rem"
              aria-label={t(`mail.${kind}`)}
              data={modes}
              value={mail[kind]}
              allowDeselect={false}
              onChange={(mode) => mode && change({ mail: { [kind]: mode satisfies MailMode } })}
            />
          </Group>
        ))}
      </Rows>
    </Section>
  );
}

/** The hour and the day of digests, and whose clock that is. */
function Digests({ preferences: { mail, digestHour, digestDay, timeZone, delivers } }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const change = usePreferencesChange();
  const here = deviceZone();
  return (
    <Section title={t('settings.digests')} detail={t('settings.digestsDetail')} action={delivers && <SendNow />}>
      <Stack gap="md">
        <Group align="flex-end" gap="md">
          <Select
            w="9rem"
            label={t('digest.hour')}
            data={hourNames(locale)}
            value={String(digestHour)}
            allowDeselect={false}
            onChange={(hour) => hour && change({ digestHour: Number(hour) })}
          />
          <Select
            w="11rem"
            label={t('digest.day')}
            data={dayNames(locale)}
            value={String(digestDay)}
            allowDeselect={false}
            disabled={!Object.values(mail).includes('weekly')}
            onChange={(day) => day && change({ digestDay: Number(day) })}
          />
        </Group>
        <Group align="flex-end" gap="md">
          <Select
            flex="1 1 14rem"
            maw="22rem"
            label={t('digest.zone')}
            data={zoneNames(timeZone)}
            value={timeZone}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('digest.noZone')}
            onChange={(zone) => zone && change({ timeZone: zone })}
          />
          {here !== timeZone && (
            <Button variant="default" onClick={() => change({ timeZone: here })}>
              {t('digest.here', { zone: here })}
            </Button>
          )}
        </Group>
      </Stack>
    </Section>
  );
}

const USUAL = { from: '20:00', to: '07:00' };
/** Being told in this browser, while the page is closed too. */
function PushSection() {
  const t = useText(messages);
  const queries = useQueryClient();
  const here = useQuery({ queryKey: PUSH_HERE, queryFn: pushHere });
  const change = useMutation({
    mutationFn: (on: boolean) => (on ? switchPushOn() : switchPushOff()),
    meta: { saidInPlace: true },
    onSuccess: (state) => queries.setQueryData(PUSH_HERE, state),
    // What the browser itself refuses is nothing that the server could explain.
    onError: (error: unknown) =>
      error instanceof DOMException ? sayRefusal(t('push.browser')) : sayProblem(error, t('push.failed')),
  });
  const state = here.data ?? 'off';
  return (
    <Section title={t('push.title')} detail={t('push.detail')}>
      <Switch
        label={t('push.on')}
        description={state === 'unsupported' || state === 'denied' ? t(`push.${state}`) : undefined}
        checked={state === 'on'}
        disabled={here.isPending || change.isPending || state === 'unsupported' || state === 'denied'}
        onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
      />
    </Section>
  );
}

/** Sends what waits, without waiting for the hour. */
function SendNow() {
  const t = useText(messages);
  const send = useMutation({
    meta: { saidInPlace: true },
    mutationFn: () => client.notifications.sendDigest({}),
    onSuccess: ({ letters }) => notifications.show({ message: t(letters > 0 ? 'digest.sent' : 'digest.nothing') }),
    onError: (error: unknown) => sayProblem(error, t('digest.failed')),
  });
  return (
    <Button variant="default" size="xs" loading={send.isPending} onClick={() => send.mutate()}>
      {t('digest.now')}
    </Button>
  );
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The hours in which nothing is sent. */
function Quiet({ preferences: { quiet } }: Props) {
  const t = useText(messages);
  const change = usePreferencesChange();
  const set = (part: Partial<typeof USUAL>) => {
    const wanted = { ...(quiet ?? USUAL), ...part };
    if (isTime(wanted.from) && isTime(wanted.to)) change({ quiet: wanted });
  };
  return (
    <Section title={t('settings.quiet')} detail={t('settings.quietDetail')}>
      <Stack gap="md">
        <Switch
          label={t('quiet.on')}
          checked={quiet !== null}
          onChange={({ currentTarget }) => change({ quiet: currentTarget.checked ? USUAL : null })}
        />
        {quiet !== null && (
          <Group gap="md">
            <TextInput
              w="9rem"
              type="time"
              label={t('quiet.from')}
              defaultValue={quiet.from}
              onChange={({ currentTarget }) => set({ from: currentTarget.value })}
            />
            <TextInput
              w="9rem"
              type="time"
              label={t('quiet.to')}
              defaultValue={quiet.to}
              onChange={({ currentTarget }) => set({ to: currentTarget.value })}
            />
          </Group>
        )}
      </Stack>
    </Section>
  );
}
