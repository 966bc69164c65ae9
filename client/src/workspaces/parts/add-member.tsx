import { Email } from '@concert/contract';
import { WORKSPACE_ROLES, type WorkspaceRole } from '@concert/domain/access/roles.ts';
import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { orpc } from '../../platform/query.ts';
import { endOf } from '../../platform/sharing/ends.ts';
import { RoleSelect } from '../../platform/sharing/role-select.tsx';
import { sayDone } from '../../ui/notify.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';

type Values = { email: string; role: WorkspaceRole; until: string | null };
const EMPTY: Values = { email: '', role: 'editor', until: null };

/** Adds somebody by e-mail: a known address becomes a member, an unknown one is invited. */
export function AddMember({ workspaceId }: { workspaceId: string }) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: EMPTY,
    validate: { email: (value) => (Email.safeParse(value.trim()).success ? null : t('valid.email')) },
  });
  const add = useMutation(
    orpc.workspaces.addMember.mutationOptions({
      onSuccess: (result) => {
        sayDone(
          result.outcome === 'added'
            ? t('members.added', { name: result.member.name })
            : t('members.invited', { email: result.invitation.email }),
        );
        form.reset();
        return queries.invalidateQueries({ queryKey: orpc.workspaces.key() });
      },
      onError: (error) => form.setFieldError('email', explain(error)),
      meta: { saidInPlace: true },
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ email, role, until }) =>
        add.mutate({ id: workspaceId, email: email.trim(), role, ...(until ? { until: endOf(until) } : {}) }),
      )}
    >
      <Group align="flex-start" gap="sm" mb="lg">
        <TextInput
          type="email"
          label={t('members.email')}
          description={t('members.addHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          flex="1 1 16rem"
          {...form.getInputProps('email')}
        />
        <UntilField
          label={say('until.label')}
          value={form.values.until}
          onChange={(until) => form.setFieldValue('until', until)}
        />
        <RoleSelect
          roles={WORKSPACE_ROLES}
          label={t('members.role')}
          value={form.values.role}
          onChange={(role) => form.setFieldValue('role', role)}
        />
        <Button type="submit" loading={add.isPending} w={{ base: '100%', sm: 'auto' }} mt={{ base: 0, sm: '1.5rem' }}>
          {t('members.add')}
        </Button>
      </Group>
    </form>
  );
}
