import type { Body } from '@concert/domain/governance/api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Modal } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client } from '../../platform/query.ts';
import { closesAloneOnEscape } from '../../ui/front-escape.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { MeetingForm } from './meeting-form.tsx';
import { emptyValues, type MeetingValues, orNull, present, termsOf, valuesOf } from './meeting-values.ts';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Whose meetings the reader prepares. */
  readonly bodies: readonly Pick<Body, 'id' | 'name'>[];
  readonly bodyId?: string | undefined;
  /** The meeting without quorum that the new one follows [M9]. */
  readonly secondCallOf?: Meeting;
};

/** Prepares a meeting, and goes to its page. */
export function MeetingDialog({ opened, onClose, bodies, bodyId, secondCallOf }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(secondCallOf ? 'secondCall' : 'new')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('close') }}
      {...closesAloneOnEscape(onClose)}
    >
      <NewMeeting onClose={onClose} bodies={bodies} bodyId={bodyId} {...(secondCallOf ? { secondCallOf } : {})} />
    </Modal>
  );
}

function NewMeeting({ onClose, bodies, bodyId, secondCallOf }: Omit<Props, 'opened'>) {
  const t = useText(messages);
  const navigate = useNavigate();
  const create = useChange(client.meetings.create, { inPlace: true });
  const only = bodies.length === 1 ? bodies[0]?.id : undefined;
  const chosen = bodies.find(({ id }) => id === bodyId)?.id ?? only ?? null;
  const initial = secondCallOf
    ? {
        ...valuesOf(secondCallOf),
        day: null,
        lastDay: null,
        title: t('secondCall.title', { title: secondCallOf.title }).slice(0, 200),
      }
    : emptyValues(chosen);
  const submit = (values: MeetingValues) => {
    const { fixed, open } = termsOf(values);
    if (!values.bodyId) return;
    create.mutate(
      { bodyId: values.bodyId, ...fixed, ...present(open), ...(secondCallOf ? { secondCallOf: secondCallOf.id } : {}) },
      {
        onSuccess: ({ id, title }) => {
          sayDone(t('form.created', { title }));
          onClose();
          void navigate(`/meetings/${id}`);
        },
      },
    );
  };
  return (
    <MeetingForm
      initial={initial}
      bodies={bodies}
      suggesting={!secondCallOf}
      submit={t('form.create')}
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onCancel={onClose}
    />
  );
}

/** Changes what a meeting is planned as. */
export function ChangeDialog({ opened, onClose, meeting }: { opened: boolean; onClose: () => void; meeting: Meeting }) {
  const t = useText(messages);
  const say = useText(common);
  const update = useChange(client.meetings.update, { inPlace: true });
  const fixedDate = meeting.state !== 'draft' && meeting.state !== 'postponed';
  const submit = (values: MeetingValues) => {
    const { fixed, open } = termsOf(values);
    const { startAt, ...rest } = orNull(open);
    // What was convened keeps its beginning [M4]; the end may be another.
    const changes = fixedDate ? rest : { startAt, ...rest };
    update.mutate({ id: meeting.id, ...fixed, ...changes }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('form.change')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('close') }}
      {...closesAloneOnEscape(onClose)}
    >
      <MeetingForm
        initial={valuesOf(meeting)}
        bodies={[{ id: meeting.bodyId, name: meeting.bodyName }]}
        fixedBody
        fixedDate={fixedDate}
        submit={say('save')}
        busy={update.isPending}
        error={update.error}
        onSubmit={submit}
        onCancel={onClose}
      />
    </Modal>
  );
}
