import type { Attendee, Meeting } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Badge, Group, Menu, Text } from '@mantine/core';
import { IconCheck, IconDots, IconUserMinus, IconX } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { PersonLine } from '../../ui/person-line.tsx';
import { takesAnswers } from '../list/answer-buttons.tsx';
import { messages } from '../messages.ts';
import { useAnswer, useChange } from '../queries.ts';
import { useChangedText } from './late-changes.tsx';

type Props = { readonly attendee: Attendee; readonly meeting: Meeting; readonly arranges: boolean };

const ROLES = ['chair', 'vice-chair', 'secretary', 'member', 'alternate', 'observer'] as const;

/** Somebody who is called: for which seat, and whether they come. */
export function AttendeeRow({ attendee, meeting, arranges }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const { id: myId } = useMe();
  const { personId, quality, role, seatTitle, college, title } = attendee;
  const named = ROLES.find((one) => one === role);
  // What follows from the heading is not said again.
  const roleText = named && named !== 'member' && named !== quality ? t(`role.${named}`) : undefined;
  const detail = [roleText, seatTitle, college ?? (seatTitle ? undefined : title)].filter(Boolean).join(' · ');
  const changed = useChangedText(meeting);
  return (
    <Group py="xs" gap="sm" justify="space-between" wrap="nowrap">
      <div style={{ flex: 1, minWidth: 0 }}>
        <PersonLine
          person={attendee}
          detail={detail}
          mark={
            personId === myId && (
              <Text span size="xs" c="dimmed">
                ({say('you')})
              </Text>
            )
          }
        />
      </div>
      {attendee.answerChangedAt && (
        <Text size="xs" c="dimmed">
          {changed(attendee.answerChangedAt)}
        </Text>
      )}
      <Standing attendee={attendee} meeting={meeting} />
      {arranges && <AttendeeMenu attendee={attendee} meeting={meeting} />}
    </Group>
  );
}

/** Before the sitting what was answered; during it, who is there. */
function Standing({ attendee: { answer, presence, quality }, meeting }: Omit<Props, 'arranges'>) {
  const t = useText(messages);
  const { state } = meeting;
  if (state === 'in-session' || state === 'suspended')
    return presence === 'out' ? (
      <Text size="xs" c="dimmed">
        {t(answer === 'excused' ? 'answer.excused' : 'presence.out')}
      </Text>
    ) : (
      <Badge radius="sm" variant="light">
        {t(`presence.${presence}`)}
      </Badge>
    );
  if (answer)
    return (
      <Badge
        radius="sm"
        variant={answer === 'accepted' ? 'light' : 'default'}
        leftSection={answer === 'accepted' ? <IconCheck size={12} aria-hidden /> : <IconX size={12} aria-hidden />}
      >
        {t(`answer.${answer}.other`)}
      </Badge>
    );
  if (!takesAnswers(state) || quality === 'observer') return null;
  return (
    <Text size="xs" c="dimmed">
      {t('answer.waiting')}
    </Text>
  );
}

function AttendeeMenu({ attendee, meeting }: Omit<Props, 'arranges'>) {
  const t = useText(messages);
  const answer = useAnswer();
  const remove = useChange(client.meetings.removeGuest);
  const { personId, name, quality } = attendee;
  const answers = takesAnswers(meeting.state);
  const guest = quality === 'guest';
  if (!answers && !guest) return null;
  const say = (said: 'accepted' | 'excused') => answer.mutate({ id: meeting.id, personId, answer: said });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('attendee.actions', { name })}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {answers && (
          <>
            <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={() => say('accepted')}>
              {t('attendee.accept')}
            </Menu.Item>
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => say('excused')}>
              {t('attendee.excuse')}
            </Menu.Item>
          </>
        )}
        {guest && (
          <Menu.Item
            color="red"
            leftSection={<IconUserMinus size={16} aria-hidden />}
            onClick={() => remove.mutate({ id: meeting.id, personId })}
          >
            {t('guest.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
