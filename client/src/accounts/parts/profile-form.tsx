import type { Me } from '@concert/domain/accounts/api.ts';
import { Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { OrganisationSelect } from '../../ui/organisation-select.tsx';
import { PersonLine } from '../../ui/person-line.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { ColorChoice } from './color-choice.tsx';
import { useCredentialChecks } from './credentials.ts';

/** Name, position, organisation and colour of the signed-in person. */
export function ProfileForm() {
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  const queries = useQueryClient();
  const checks = useCredentialChecks();
  const form = useForm({ initialValues: valuesOf(me), validate: { name: checks.name } });
  const update = useMutation(
    orpc.accounts.updateMe.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(orpc.accounts.me.queryOptions({ input: {} }).queryKey, saved);
        void queries.invalidateQueries({ queryKey: orpc.workspaces.members.key() });
        form.resetDirty(valuesOf(saved));
        sayDone(t('profile.saved'));
      },
    }),
  );
  return (
    <Section title={t('profile.title')} detail={t('profile.detail')}>
      <form noValidate onSubmit={form.onSubmit((values) => update.mutate(values))}>
        <Stack gap="lg">
          <PersonLine
            person={{ name: form.values.name || me.name, color: form.values.color }}
            detail={form.values.title || me.email}
            size={48}
          />
          <TextInput label={t('profile.name')} autoComplete="name" {...form.getInputProps('name')} />
          <TextInput
            label={t('profile.titleField')}
            description={t('profile.titleHelp')}
            autoComplete="organization-title"
            maxLength={160}
            {...form.getInputProps('title')}
          />
          <OrganisationSelect
            label={t('profile.organisation')}
            description={t('profile.organisationHelp')}
            {...form.getInputProps('organisationId')}
            name={me.organisationName}
          />
          <Input.Wrapper label={t('profile.color')} description={t('profile.colorHelp')} labelElement="div">
            <ColorChoice {...form.getInputProps('color')} />
          </Input.Wrapper>
          <TextInput label={t('profile.email')} value={me.email} readOnly variant="filled" />
          <Group>
            <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
              {say('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

const valuesOf = (me: Me) => ({
  name: me.name,
  title: me.title ?? '',
  color: me.color,
  organisationId: me.organisationId ?? null,
});
