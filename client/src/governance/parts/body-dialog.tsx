import { BODY_KINDS, type Body, BodyKind } from '@concert/domain/governance/api.ts';
import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client, orpc } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The body to change; a new one is founded without it. */
  readonly body?: Body;
};
type Values = { name: string; kind: BodyKind; remit: string };

/** Founds a body, or changes what it is called and there for. */
export function BodyDialog({ opened, onClose, body }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(body ? 'form.change' : 'found')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <BodyForm onDone={onClose} {...(body ? { body } : {})} />
    </Modal>
  );
}

function BodyForm({ body, onDone }: { body?: Body; onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const initialValues: Values = { name: body?.name ?? '', kind: body?.kind ?? 'committee', remit: body?.remit ?? '' };
  const form = useForm({
    initialValues,
    validate: { name: (value) => (value.trim() ? null : t('valid.name')) },
  });
  const save = useMutation({
    mutationFn: (values: Values) =>
      body ? client.governance.update({ id: body.id, ...values }) : client.governance.create(values),
    onSuccess: ({ id, name }) => {
      void queries.invalidateQueries({ queryKey: orpc.governance.key() });
      sayDone(t(body ? 'form.saved' : 'form.founded', { name }));
      onDone();
      if (!body) void navigate(`/bodies/${id}`);
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="md">
        <TextInput data-autofocus label={t('form.name')} maxLength={160} {...form.getInputProps('name')} />
        <Select
          label={t('form.kind')}
          allowDeselect={false}
          data={BODY_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          value={form.values.kind}
          onChange={(kind) => form.setFieldValue('kind', BodyKind.parse(kind))}
        />
        <Textarea
          label={t('form.remit')}
          description={t('form.remitHelp')}
          maxLength={1000}
          autosize
          minRows={3}
          {...form.getInputProps('remit')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {body ? say('save') : t('form.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
