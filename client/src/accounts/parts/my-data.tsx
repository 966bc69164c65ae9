import { ERASE_WORD } from '@concert/domain/administration/personal-data.ts';
import { Alert, Anchor, Button, Group, List, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client, orpc, problemOf } from '../../platform/query.ts';
import { useMe, useSession, wipeBrowser } from '../../platform/session.tsx';
import { Choice } from '../../ui/choice.tsx';
import { sayDone } from '../../ui/notify.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';
import { telling } from './notice.ts';

/** Taking one's data along, and erasing the account. */
export function MyData() {
  const t = useText(messages);
  const [erasing, { open, close }] = useDisclosure(false);
  const say = useText(common);
  return (
    <Section title={t('data.title')}>
      <Stack gap="sm">
        <Choice title={t('data.export')} detail={t('data.exportDetail')}>
          <Download />
        </Choice>
        <Choice title={t('data.erase')} detail={t('data.eraseDetail')}>
          <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
            {t('data.eraseOpen')}
          </Button>
        </Choice>
      </Stack>
      <Modal
        opened={erasing}
        onClose={close}
        title={t('data.eraseTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Erase onCancel={close} />
      </Modal>
    </Section>
  );
}

function Download() {
  const t = useText(messages);
  const me = useMe();
  const get = useMutation({
    mutationFn: async () => {
      const { body } = await client.administration.exportMe({});
      const day = new Date().toISOString().slice(0, 10);
      saveFile(
        body,
        `concert-${me.name
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .replace(/[^\w]+/g, '-')
          .toLowerCase()}-${day}.json`,
      );
    },
    onSuccess: () => sayDone(t('data.exported')),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={get.isPending}
      onClick={() => get.mutate()}
    >
      {t('data.exportAction')}
    </Button>
  );
}

/** The workspaces of which I am the only owner: they would be left with nobody to manage them. */
function useToHandOver() {
  const me = useMe();
  const mine = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200 } }));
  const owned = (mine.data?.items ?? []).filter(({ role }) => role === 'owner');
  const members = useQueries({
    queries: owned.map(({ id }) => orpc.workspaces.members.queryOptions({ input: { id, limit: 200 } })),
  });
  return owned.filter((_workspace, at) => {
    const others = members[at]?.data?.items.filter(({ personId, role }) => role === 'owner' && personId !== me.id);
    return others?.length === 0;
  });
}

function Erase({ onCancel }: { onCancel: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  const { lose } = useSession();
  const navigate = useNavigate();
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const handOver = useToHandOver();
  const form = useForm({
    initialValues: { password: '', email: '' },
    validate: {
      password: checks.filled,
      email: (value) => (value.trim().toLowerCase() === me.email ? null : t('data.eraseMismatch')),
    },
  });
  const erase = useMutation({
    mutationFn: (password: string) => client.administration.eraseMe({ password, confirm: ERASE_WORD }),
    onSuccess: async () => {
      await wipeBrowser(me.id);
      await navigate('/sign-in', { replace: true, state: telling('erased') });
      lose();
    },
    onError: (error) => {
      if (problemOf(error).reason === 'invalid-password') form.setFieldError('password', explain(error));
    },
    meta: { saidInPlace: true },
  });
  if (handOver.length > 0) return <HandOver workspaces={handOver} onClose={onCancel} />;
  return (
    <form noValidate onSubmit={form.onSubmit(({ password }) => erase.mutate(password))}>
      <Stack gap="md">
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {t('data.eraseWarning')}
        </Alert>
        <Text size="sm">{t('data.eraseGoes')}</Text>
        <List size="sm" spacing={4}>
          <List.Item>{t('data.eraseGone.1')}</List.Item>
          <List.Item>{t('data.eraseGone.2')}</List.Item>
        </List>
        <Text size="sm">{t('data.eraseStays')}</Text>
        {erase.isError && problemOf(erase.error).reason !== 'invalid-password' && (
          <Alert color="red" role="alert" title={t('data.failed')}>
            {explain(erase.error)}
          </Alert>
        )}
        <PasswordInput
          data-autofocus
          label={t('data.erasePassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          {...form.getInputProps('password')}
        />
        <TextInput
          label={t('data.eraseType', { email: me.email })}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {say('cancel')}
          </Button>
          <Button color="red" type="submit" loading={erase.isPending}>
            {t('data.eraseAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type HandOverProps = {
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
};

function HandOver({ workspaces, onClose }: HandOverProps) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Stack gap="md">
      <Text fw={580}>{t('data.handOver')}</Text>
      <Text size="sm">{t('data.handOverDetail')}</Text>
      <List size="sm" spacing={6}>
        {workspaces.map(({ id, name }) => (
          <List.Item key={id}>
            <Anchor component={Link} to={`/workspaces/${id}/members`} underline="always">
              {t('data.handOverGo', { name })}
            </Anchor>
          </List.Item>
        ))}
      </List>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {say('close')}
        </Button>
      </Group>
    </Stack>
  );
}
