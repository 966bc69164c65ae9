import { TERRITORIES } from '@concert/domain/codes/territories.ts';
import { ORGANISATION_KINDS, OrganisationKind } from '@concert/domain/organisations/api.ts';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { orpc } from '../platform/query.ts';
import { sayDone } from '../ui/notify.ts';
import { messages } from './messages.ts';

type Props = { readonly opened: boolean; readonly onClose: () => void };
type Values = { name: string; kind: OrganisationKind; territory: string | null };

const FIRST: Values = { name: '', kind: 'buyer', territory: null };

/** Proposes an organisation, which the secretariat verifies afterwards. */
export function ProposeDialog({ opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal opened={opened} onClose={onClose} title={t('form.title')} closeButtonProps={{ 'aria-label': say('close') }}>
      <ProposeForm onDone={onClose} />
    </Modal>
  );
}

function ProposeForm({ onDone }: { onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const locale = useLocale();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: FIRST,
    validate: { name: (value) => (value.trim().length >= 2 ? null : t('valid.name')) },
  });
  const propose = useMutation(
    orpc.organisations.create.mutationOptions({
      onSuccess: ({ name }) => {
        void queries.invalidateQueries({ queryKey: orpc.organisations.key() });
        sayDone(t('form.done', { name }));
        onDone();
      },
    }),
  );
  const submit = ({ name, kind, territory }: Values) =>
    propose.mutate({ name, kind, ...(territory ? { territory } : {}) });
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <TextInput data-autofocus label={t('form.name')} maxLength={200} {...form.getInputProps('name')} />
        <Select
          label={t('kindLabel')}
          allowDeselect={false}
          data={ORGANISATION_KINDS.map((kind) => ({ value: kind, label: say(`organisationKind.${kind}`) }))}
          value={form.values.kind}
          onChange={(kind) => form.setFieldValue('kind', OrganisationKind.parse(kind))}
        />
        <Select
          label={t('form.territory')}
          placeholder={t('form.territoryNone')}
          clearable
          searchable
          data={TERRITORIES.map(({ code, label }) => ({ value: code, label: label[locale] }))}
          {...form.getInputProps('territory')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={propose.isPending}>
            {t('form.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
