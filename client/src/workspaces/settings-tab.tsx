import { type Workspace, WorkspaceName } from '@concert/domain/workspaces/api.ts';
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import type { WorkspacePartProps } from '../platform/module.ts';
import { Choice } from '../ui/choice.tsx';
import { sayDone } from '../ui/notify.ts';
import { Section } from '../ui/section.tsx';
import { messages } from './messages.ts';
import { useArchive, useReopen, useUpdateWorkspace } from './parts/changes.ts';
import { LeaveButton } from './parts/leave-button.tsx';

/** Name, description, archive, leaving. */
export function SettingsTab({ workspace }: WorkspacePartProps) {
  const owner = workspace.role === 'owner';
  return (
    <Stack gap="2.5rem" maw="38rem">
      <General workspace={workspace} editable={owner && workspace.state === 'active'} />
      <Stack gap="sm">
        {owner && <ArchiveCard workspace={workspace} />}
        <LeaveCard workspace={workspace} />
      </Stack>
    </Stack>
  );
}

function General({ workspace, editable }: { workspace: Workspace; editable: boolean }) {
  const t = useText(messages);
  const say = useText(common);
  const update = useUpdateWorkspace();
  const form = useForm({
    initialValues: { name: workspace.name, description: workspace.description },
    validate: { name: (value) => (WorkspaceName.safeParse(value).success ? null : t('valid.name')) },
  });
  const detail = workspace.state === 'archived' ? t('problem.workspace-archived') : t('settings.onlyOwners');
  const save = (values: { name: string; description: string }) =>
    update.mutate(
      { id: workspace.id, ...values },
      {
        onSuccess: (saved) => {
          form.resetDirty({ name: saved.name, description: saved.description });
          sayDone(t('settings.saved'));
        },
      },
    );
  return (
    <Section title={t('settings.general')} {...(editable ? {} : { detail })}>
      <form noValidate onSubmit={form.onSubmit(save)}>
        <Stack gap="md">
          <TextInput label={t('settings.name')} maxLength={120} readOnly={!editable} {...form.getInputProps('name')} />
          <Textarea
            label={t('settings.description')}
            maxLength={500}
            autosize
            minRows={2}
            readOnly={!editable}
            {...form.getInputProps('description')}
          />
          {editable && (
            <Group>
              <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
                {say('save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}

function ArchiveCard({ workspace }: { workspace: Workspace }) {
  const t = useText(messages);
  const archive = useArchive(workspace);
  const reopen = useReopen(workspace);
  const archived = workspace.state === 'archived';
  const change = archived ? reopen : archive;
  return (
    <Choice
      title={archived ? t('settings.reopen') : t('settings.archive')}
      detail={archived ? t('settings.reopenDetail') : t('settings.archiveDetail')}
    >
      <Button variant="default" loading={change.isPending} onClick={() => change.run()}>
        {archived ? t('settings.reopen') : t('settings.archive')}
      </Button>
    </Choice>
  );
}

function LeaveCard({ workspace }: { workspace: Workspace }) {
  const t = useText(messages);
  return (
    <Choice title={t('members.leave')} detail={t('settings.leaveDetail')}>
      <LeaveButton workspace={workspace} />
    </Choice>
  );
}
