import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '../../../platform/i18n.ts';
import { common } from '../../../platform/messages.ts';
import { useProblemText } from '../../../platform/problem-text.ts';
import { client } from '../../../platform/query.ts';
import { usePollChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { PollFields } from './poll-fields.tsx';
import { EMPTY_POLL, limitFault, optionFault, type PollValues, pollInput, valuesOf } from './poll-form-values.ts';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly itemId: string;
  /** The poll to change; a new one is prepared without it. */
  readonly poll?: Poll;
  /** What a new one begins with. */
  readonly initial?: PollValues;
};

/** Prepares a poll on an item, or changes one; of an open one its wording alone. */
export function PollDialog({ opened, onClose, ...form }: Props) {
  const t = useSay();
  const say = useText(common);
  const reword = form.poll !== undefined && form.poll.state !== 'draft';
  return (
    <Modal
      size="lg"
      opened={opened}
      onClose={onClose}
      title={t(reword ? 'poll.reword' : form.poll ? 'poll.change' : 'poll.prepare')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <PollForm {...form} onDone={onClose} reword={reword} />
    </Modal>
  );
}

type FormProps = Omit<Props, 'opened' | 'onClose'> & { readonly onDone: () => void; readonly reword: boolean };

function PollForm({ itemId, poll, initial, onDone, reword }: FormProps) {
  const t = useSay();
  const say = useText(common);
  const explain = useProblemText();
  const { meeting } = useSitting();
  const form = useForm<PollValues>({
    initialValues: poll ? valuesOf(poll, meeting.rules) : (initial ?? EMPTY_POLL),
    validate: {
      question: (value) => (value.trim() ? null : t('poll.valid.question')),
      options: (_, values) => {
        const fault = optionFault(values);
        return fault ? t(`poll.valid.options.${fault}`) : null;
      },
      max: (_, values) => (limitFault(values) ? t('poll.valid.limits') : null),
    },
  });
  const save = usePollChange(
    (values: PollValues) => {
      if (!poll) {
        return client.polls.create({ id: meeting.id, itemId, method: values.method, ...pollInput(values) });
      }
      if (reword) return client.polls.update({ id: poll.id, question: values.question.trim() });
      return client.polls.update({ id: poll.id, ...pollInput(values, poll) });
    },
    { inPlace: true },
  );
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: onDone }))}>
      <Stack gap="md">
        <PollFields form={form} reword={reword} fixedMethod={poll !== undefined} />
        {save.isError && (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
            {explain(save.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {poll ? say('save') : t('poll.prepareSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
