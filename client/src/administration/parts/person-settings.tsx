import type { ManagedPersonDetail } from '@concert/domain/administration/people.ts';
import { ERASE_WORD } from '@concert/domain/administration/personal-data.ts';
import { Alert, Button, type ButtonProps, Group, Modal, Stack, Switch, TextInput, Tooltip } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { findText, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client, orpc } from '../../platform/query.ts';
import { Choice } from '../../ui/choice.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { OrganisationSelect } from '../../ui/organisation-select.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { PlatformRoleSelect } from './platform-role-select.tsx';

type Props = { readonly person: ManagedPersonDetail };
type Refusal = ManagedPersonDetail['refusals']['edit'];

/** Why something may not be done, in a sentence; undefined when it may. */
const why = (refusal: Refusal): string | undefined => (refusal ? findText(`problem.${refusal}`) : undefined);

/** Changes of a person, each shown as soon as the server has it. */
function usePersonChange(person: ManagedPersonDetail) {
  const queries = useQueryClient();
  return useMutation(
    orpc.administration.updatePerson.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(orpc.administration.person.queryOptions({ input: { id: person.id } }).queryKey, saved);
        return queries.invalidateQueries({ queryKey: orpc.administration.people.key() });
      },
    }),
  );
}

/** Role, organisation, invitation, suspension, erasure: what an administrator may do about an account. */
export function PersonSettings({ person }: Props) {
  if (person.state === 'erased') return null;
  return (
    <>
      <RoleAndOrganisation person={person} />
      <Account person={person} />
    </>
  );
}

function RoleAndOrganisation({ person }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const change = usePersonChange(person);
  const mayNot = why(person.refusals.edit);
  return (
    <Section title={t('person.place')}>
      <Stack gap="md" maw="30rem">
        <PlatformRoleSelect
          label={t('people.role')}
          value={person.platformRole}
          disabled={person.refusals.changeRole !== null || change.isPending}
          description={why(person.refusals.changeRole) ?? say(`platformRole.${person.platformRole}.detail`)}
          onChange={(platformRole) =>
            change.mutate(
              { id: person.id, platformRole },
              { onSuccess: () => sayDone(t('person.roleChanged', { role: say(`platformRole.${platformRole}`) })) },
            )
          }
        />
        <OrganisationSelect
          label={t('people.organisation')}
          disabled={mayNot !== undefined || change.isPending}
          value={person.organisationId ?? null}
          name={person.organisationName}
          onChange={(organisationId) => {
            if (organisationId !== (person.organisationId ?? null)) change.mutate({ id: person.id, organisationId });
          }}
        />
        {person.organisationId && (
          <Switch
            label={t('organisation.confirm')}
            description={t('organisation.confirmHelp')}
            checked={person.organisationConfirmed}
            disabled={mayNot !== undefined || change.isPending}
            onChange={(event) => change.mutate({ id: person.id, organisationConfirmed: event.currentTarget.checked })}
          />
        )}
      </Stack>
    </Section>
  );
}

function Account({ person }: Props) {
  const t = useText(messages);
  return (
    <Section title={t('person.account')}>
      <Stack gap="sm">
        {!person.emailVerified && person.state !== 'suspended' && <InviteAgain person={person} />}
        <Suspension person={person} />
        <Erasure person={person} />
      </Stack>
    </Section>
  );
}

function InviteAgain({ person }: Props) {
  const t = useText(messages);
  const again = useMutation(
    orpc.administration.inviteAgain.mutationOptions({
      onSuccess: () => sayDone(t('person.invitedAgain', { email: person.email ?? '' })),
    }),
  );
  const refusal = why(person.refusals.edit);
  return (
    <Choice title={t('person.inviteAgain')} detail={refusal ?? t('person.inviteAgainDetail')}>
      <Button
        variant="default"
        disabled={refusal !== undefined}
        loading={again.isPending}
        onClick={() => again.mutate({ id: person.id })}
      >
        {t('person.inviteAgainAction')}
      </Button>
    </Choice>
  );
}

function Suspension({ person }: Props) {
  const t = useText(messages);
  const change = usePersonChange(person);
  const suspended = person.state === 'suspended';
  const refusal = why(person.refusals.suspend);
  const turn = (to: boolean) =>
    change.mutateAsync({ id: person.id, suspended: to }).then(() => {
      sayDone(t(to ? 'person.suspended' : 'person.reactivated', { name: person.name }));
    });
  if (suspended) {
    return (
      <Choice title={t('person.reactivate')} detail={refusal ?? t('person.reactivateDetail')}>
        <Button
          variant="default"
          disabled={refusal !== undefined}
          loading={change.isPending}
          onClick={() => void turn(false).catch(() => undefined)}
        >
          {t('person.reactivateAction')}
        </Button>
      </Choice>
    );
  }
  return (
    <Choice title={t('person.suspend')} detail={refusal ?? t('person.suspendDetail')}>
      <ConfirmButton
        label={t('person.suspendAction')}
        disabled={refusal !== undefined}
        title={t('person.suspendTitle', { name: person.name })}
        action={t('person.suspendAction')}
        onConfirm={() => turn(true)}
      >
        {t('person.suspendConfirm')}
      </ConfirmButton>
    </Choice>
  );
}

/** Ends every session and token of a person at once. */
export function EndSessions({ person }: Props) {
  const t = useText(messages);
  const queries = useQueryClient();
  const end = useMutation(
    orpc.administration.endSessions.mutationOptions({
      onSuccess: () => {
        sayDone(t('person.sessionsEnded', { name: person.name }));
        return queries.invalidateQueries({ queryKey: orpc.administration.key() });
      },
    }),
  );
  const refusal = why(person.refusals.endSessions);
  const button = (props: ButtonProps) => (
    <ConfirmButton
      {...props}
      label={t('person.endSessions')}
      size="xs"
      title={t('person.endSessionsTitle', { name: person.name })}
      action={t('person.endSessions')}
      onConfirm={() => end.mutateAsync({ id: person.id })}
    >
      {t('person.endSessionsDetail')}
    </ConfirmButton>
  );
  if (!refusal) return button({});
  return (
    <Tooltip label={refusal} multiline maw={280}>
      <span>{button({ disabled: true })}</span>
    </Tooltip>
  );
}

function Erasure({ person }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
  const alone = person.workspaces.filter(({ onlyOwner }) => onlyOwner);
  const refusal =
    why(person.refusals.erase) ??
    (alone.length > 0 ? t('person.handOver', { names: alone.map(({ name }) => `« ${name} »`).join(', ') }) : undefined);
  return (
    <Choice title={t('person.erase')} detail={refusal ?? t('person.eraseDetail')}>
      <Button
        variant="default"
        c={refusal ? undefined : 'var(--mantine-color-error)'}
        disabled={refusal !== undefined}
        onClick={open}
      >
        {t('person.eraseOpen')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('person.eraseTitle', { name: person.name })}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <EraseForm person={person} onDone={close} />
      </Modal>
    </Choice>
  );
}

function EraseForm({ person, onDone }: Props & { onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === person.name ? null : t('person.eraseMismatch')) },
  });
  const erase = useMutation({
    mutationFn: () => client.administration.erasePerson({ id: person.id, confirm: ERASE_WORD }),
    onSuccess: () => {
      sayDone(t('person.erased'));
      onDone();
      return queries.invalidateQueries({ queryKey: orpc.administration.key() });
    },
    meta: { saidInPlace: true },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(() => erase.mutate())}>
      <Stack gap="md">
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {t('person.eraseWarning')}
        </Alert>
        {erase.isError && (
          <Alert color="red" role="alert">
            {explain(erase.error)}
          </Alert>
        )}
        <TextInput
          data-autofocus
          label={t('person.eraseType', { name: person.name })}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button color="red" type="submit" loading={erase.isPending}>
            {t('person.eraseAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
