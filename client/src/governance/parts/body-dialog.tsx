import { BODY_KINDS, type Body, BodyKind, PUBLICITIES, Publicity } from '@concert/domain/governance/api.ts';
import { Button, Group, Modal, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client, orpc } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { ParentSelect } from './parent-select.tsx';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The body to change; a new one is founded without it. */
  readonly body?: Body;
  /** The body below which a new one is founded. */
  readonly parent?: Body;
};
type Values = { name: string; kind: BodyKind; remit: string; parentId: string | null; publicity: Publicity };

/** Founds a body, or changes what it is called, what it is there for and where it stands. */
export function BodyDialog({ opened, onClose, body, parent }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(body ? 'form.change' : 'found')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <BodyForm onDone={onClose} {...(body ? { body } : {})} {...(parent ? { parent } : {})} />
    </Modal>
  );
}

type FormProps = Pick<Props, 'body' | 'parent'> & { readonly onDone: () => void };

const valuesOf = ({ body, parent }: FormProps): Values => ({
  name: body?.name ?? '',
  kind: body?.kind ?? (parent ? 'working-group' : 'committee'),
  remit: body?.remit ?? '',
  parentId: body?.parentId ?? parent?.id ?? null,
  publicity: body?.publicity ?? parent?.publicity ?? 'members',
});

function useSave({ body, onDone }: FormProps) {
  const t = useText(messages);
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ parentId, ...values }: Values) =>
      body
        ? client.governance.update({ id: body.id, parentId, ...values })
        : client.governance.create({ ...values, ...(parentId ? { parentId } : {}) }),
    onSuccess: ({ id, name }) => {
      void queries.invalidateQueries({ queryKey: orpc.governance.key() });
      sayDone(t(body ? 'form.saved' : 'form.founded', { name }));
      onDone();
      if (!body) void navigate(`/bodies/${id}`);
    },
  });
}

function BodyForm(props: FormProps) {
  const { body, onDone } = props;
  const t = useText(messages);
  const say = useText(common);
  const form = useForm({
    initialValues: valuesOf(props),
    validate: { name: (value) => (value.trim() ? null : t('valid.name')) },
  });
  const save = useSave(props);
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
          minRows={2}
          {...form.getInputProps('remit')}
        />
        <ParentSelect
          id={body?.id}
          value={form.values.parentId}
          onChange={(parentId) => form.setFieldValue('parentId', parentId)}
        />
        <Radio.Group
          label={t('form.publicity')}
          value={form.values.publicity}
          onChange={(value) => form.setFieldValue('publicity', Publicity.parse(value))}
        >
          <Stack gap="sm" mt="xs">
            {PUBLICITIES.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`form.publicity.${value}`)}
                description={t(`form.publicity.${value}.detail`)}
              />
            ))}
          </Stack>
        </Radio.Group>
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
