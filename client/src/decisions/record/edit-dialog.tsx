import type { Decision } from '@concert/domain/decisions/api.ts';
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { closesAloneOnEscape } from '../../ui/front-escape.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { emptyValues, linesOf } from './values.ts';
import { WordFields } from './word-fields.tsx';

type Props = { readonly decision: Decision; readonly opened: boolean; readonly onClose: () => void };

/** Words a draft anew. */
export function EditDialog({ decision, opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('edit')}
      closeButtonProps={{ 'aria-label': say('close') }}
      {...closesAloneOnEscape(onClose)}
    >
      <EditForm decision={decision} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ decision, onClose }: Omit<Props, 'opened'>) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const update = useChange(client.decisions.update, true);
  const [values, setValues] = useState(() => emptyValues(decision.bodyId, decision));
  const { title, text, recommendation, effects, reviewOn } = values;
  const whole = title.trim() !== '' && text.trim() !== '';
  const submit = () =>
    update.mutate(
      {
        ...{ id: decision.id, title: title.trim(), text: text.trim(), effects: linesOf(effects), reviewOn },
        recommendation: recommendation.trim() || null,
      },
      {
        onSuccess: () => {
          sayDone(t('edit.done'));
          onClose();
        },
      },
    );
  return (
    <Stack
      component="form"
      gap="md"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) submit();
      }}
    >
      <WordFields values={values} onChange={(more) => setValues((before) => ({ ...before, ...more }))} />
      {update.error && (
        <Alert color="red" variant="light" role="alert">
          {explain(update.error)}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {say('cancel')}
        </Button>
        <Button type="submit" disabled={!whole} loading={update.isPending}>
          {say('save')}
        </Button>
      </Group>
    </Stack>
  );
}
