import type { Body } from '@concert/domain/governance/api.ts';
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { PersonLine } from '../../ui/person-line.tsx';
import { messages } from '../messages.ts';
import { MandateFields } from './mandate-fields.tsx';
import { type DialogProps, type MandateTask, startOfTask } from './mandate-task.ts';
import { changed, given, type MandateValues } from './mandate-values.ts';
import { PersonSelect } from './person-select.tsx';
import { useMandatesChanged } from './queries.ts';
import { useLast } from './use-last.ts';

type Props = { readonly body: Body; readonly task: MandateTask | undefined; readonly onClose: () => void };

/** Gives a mandate, or changes one; closed without a task. */
export function MandateDialog({ body, task, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const last = useLast(task);
  return (
    <Modal
      opened={task !== undefined}
      onClose={onClose}
      title={last && titleOf(last, t)}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {last && <MandateForm body={body} task={last} onDone={onClose} />}
    </Modal>
  );
}

function titleOf(task: MandateTask, t: ReturnType<typeof useText<keyof (typeof messages)['texts']['fr']>>): string {
  if (task.kind === 'give') return t('mandates.give');
  if (task.kind === 'change') return t('mandate.changeTitle', { name: task.mandate.name });
  const { title, holder } = task.seat;
  if (task.kind === 'alternate') return t('seat.alternateTitle', { title });
  return t(holder ? 'seat.nextTitle' : 'seat.fillTitle', { title });
}

function useSave({ body, task, onDone }: DialogProps) {
  const t = useText(messages);
  const reread = useMandatesChanged();
  return useMutation({
    mutationFn: ({ personId, ...values }: MandateValues & { personId: string }) =>
      task.kind === 'change'
        ? client.governance.changeMandate({
            id: body.id,
            mandateId: task.mandate.id,
            ...changed(task.mandate, { personId, ...values }),
          })
        : client.governance.giveMandate({
            id: body.id,
            personId,
            ...given({ personId, ...values }, Date.now()),
          }),
    onSuccess: ({ name }) => {
      sayDone(t(task.kind === 'change' ? 'mandate.changed' : 'mandate.given', { name }));
      onDone();
      return reread();
    },
    meta: { saidInPlace: true },
  });
}

function MandateForm(props: DialogProps) {
  const { body, task, onDone } = props;
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const [values, setValues] = useState(() => startOfTask(task));
  const [asked, setAsked] = useState(false);
  const save = useSave(props);
  const { personId } = values;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (personId !== null) save.mutate({ ...values, personId });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {task.kind === 'change' ? (
          <PersonLine
            person={{ ...task.mandate, id: task.mandate.personId }}
            detail={[task.mandate.title, task.mandate.organisationName].filter(Boolean).join(' · ')}
          />
        ) : (
          <PersonSelect
            value={personId}
            onChange={(id) => setValues({ ...values, personId: id })}
            error={asked && personId === null && t('valid.person')}
          />
        )}
        <MandateFields
          body={body}
          task={task}
          values={values}
          onChange={(change) => setValues({ ...values, ...change })}
        />
        {save.isError && (
          <Alert color="red" role="alert">
            {explain(save.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {task.kind === 'change' ? say('save') : t('mandate.give')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
