import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client, problemOf } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { type Notice, noticeOf } from '../logic/notice.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';

type Props = { readonly meeting: Meeting; readonly onClose: () => void };

/** Sends the convocation; within less than the notice of the rules, with a reason of urgency [M4]. */
export function ConveneDialog({ meeting, opened, onClose }: Props & { opened: boolean }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('convene.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Convene meeting={meeting} onClose={onClose} />
    </Modal>
  );
}

function Convene({ meeting, onClose }: Props) {
  const t = useText(messages);
  const notice = noticeOf(meeting, new Date());
  const convene = useChange(client.meetings.convene, { inPlace: true });
  if (!('days' in notice)) return <Hindrance kind={notice.kind} onClose={onClose} />;
  const count = meeting.attendees.length;
  const tooShort = notice.kind === 'too-short' || reasonOf(convene.error) === 'notice-too-short';
  const submit = (urgency: string) =>
    convene.mutate(
      { id: meeting.id, ...(urgency ? { urgency } : {}) },
      {
        onSuccess: () => {
          sayDone(t('convene.done', { count }));
          onClose();
        },
      },
    );
  return (
    <ReasonForm
      label={t('convene.urgency')}
      help={t('convene.urgencyHelp')}
      required
      asked={tooShort}
      submit={t(tooShort ? 'convene.urgently' : 'convene')}
      busy={convene.isPending}
      error={convene.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Stack gap="xs">
        <span>{t('convene.whom', { count })}</span>
        <NoticeLine notice={notice} />
        {meeting.rules.freezeHours > 0 && <span>{t('convene.freeze', { count: meeting.rules.freezeHours })}</span>}
      </Stack>
    </ReasonForm>
  );
}

const reasonOf = (error: unknown): string | undefined => (error ? problemOf(error).reason : undefined);

/** How the convocation stands with its notice, in a sentence. */
export function NoticeLine({ notice }: { notice: Extract<Notice, { days: number }> }) {
  const t = useText(messages);
  const { kind, days, needed } = notice;
  if (kind === 'none-asked') return <span>{t('notice.none')}</span>;
  const asked = t('notice.asked', { count: needed });
  const left = t('notice.left', { count: days });
  return (
    <Text span size="sm" fw={kind === 'too-short' ? 580 : undefined} c={kind === 'too-short' ? 'red' : undefined}>
      {left} {asked}
    </Text>
  );
}

type Kind = Exclude<Notice, { days: number }>['kind'];

function Hindrance({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Stack gap="md">
      <Text size="sm">{t(`hindrance.${kind}`)}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('close')}
        </Button>
      </Group>
    </Stack>
  );
}
