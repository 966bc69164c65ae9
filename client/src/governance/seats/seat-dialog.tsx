import type { Body, Seat } from '@concert/domain/governance/api.ts';
import { ONE_VOTE } from '@concert/domain/polls/types.ts';
import { Alert, Autocomplete, Button, Group, Modal, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { OrganisationSelect } from '../../ui/organisation-select.tsx';
import { messages } from '../messages.ts';
import { useMandatesChanged } from '../parts/queries.ts';

type FormProps = {
  readonly body: Body;
  /** The seat to change; a new one is created without it. */
  readonly seat: Seat | undefined;
  readonly colleges: string[];
  readonly onClose: () => void;
};
type Values = { title: string; college: string; organisationId: string | null; voting: boolean; votes: number };

/** Creates a seat, or changes what it is. */
export function SeatDialog({ opened, ...props }: FormProps & { readonly opened: boolean }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t(props.seat ? 'seat.change' : 'seat.add')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <SeatForm {...props} />
    </Modal>
  );
}

const valuesOf = (seat: Seat | undefined): Values => ({
  title: seat?.title ?? '',
  college: seat?.college ?? '',
  organisationId: seat?.organisationId ?? null,
  voting: seat?.voting ?? true,
  votes: (seat?.weight ?? ONE_VOTE) / ONE_VOTE,
});

/** Sends a seat; what is empty is left out of a new one, and taken away from one that is there. */
function useSave({ body, seat }: FormProps) {
  const reread = useMandatesChanged();
  return useMutation({
    mutationFn: ({ title, college, organisationId, voting, votes }: Values) => {
      const plain = { id: body.id, title: title.trim(), voting, weight: Math.round(votes * ONE_VOTE) };
      const group = college.trim();
      return seat
        ? client.governance.changeSeat({ ...plain, seatId: seat.id, college: group || null, organisationId })
        : client.governance.addSeat({
            ...plain,
            ...(group ? { college: group } : {}),
            ...(organisationId ? { organisationId } : {}),
          });
    },
    onSuccess: () => reread(),
    meta: { saidInPlace: true },
  });
}

function SeatForm(props: FormProps) {
  const { seat, colleges, onClose } = props;
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const title = useRef<HTMLInputElement>(null);
  const form = useForm({
    initialValues: valuesOf(seat),
    validate: { title: (value) => (value.trim() ? null : t('valid.seat')) },
  });
  const save = useSave(props);
  const send = (then: () => void) =>
    form.onSubmit((values) =>
      save.mutate(values, {
        onSuccess: (saved) => {
          sayDone(t(seat ? 'seat.saved' : 'seat.added', { title: saved.title }));
          then();
        },
      }),
    );
  // The next seat is often of the same college and organisation.
  const another = () => {
    form.setFieldValue('title', '');
    title.current?.focus();
  };
  return (
    <form noValidate onSubmit={send(onClose)}>
      <Stack gap="md">
        <TextInput
          ref={title}
          data-autofocus
          label={t('seat.title')}
          description={t('seat.titleHelp')}
          maxLength={160}
          autoComplete="off"
          {...form.getInputProps('title')}
        />
        <Autocomplete
          label={t('seat.college')}
          description={t('seat.collegeHelp')}
          data={colleges}
          maxLength={80}
          {...form.getInputProps('college')}
        />
        <OrganisationSelect
          label={t('seat.organisation')}
          value={form.values.organisationId}
          onChange={(id) => form.setFieldValue('organisationId', id)}
          name={seat?.organisationName}
        />
        <Switch label={t('seat.voting')} {...form.getInputProps('voting', { type: 'checkbox' })} />
        {form.values.voting && (
          <NumberInput
            label={t('seat.weight')}
            description={t('seat.weightHelp')}
            min={0.001}
            max={1_000}
            step={1}
            decimalScale={3}
            clampBehavior="blur"
            value={form.values.votes}
            onChange={(value) => form.setFieldValue('votes', Number(value) || 1)}
          />
        )}
        {save.isError && (
          <Alert color="red" role="alert">
            {explain(save.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          {!seat && (
            <Button variant="default" loading={save.isPending} onClick={() => send(another)()}>
              {t('seat.addAnother')}
            </Button>
          )}
          <Button type="submit" loading={save.isPending}>
            {seat ? say('save') : t('seat.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
