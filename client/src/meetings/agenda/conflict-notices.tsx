import { isOpenNotice } from '@concert/domain/meetings/conflicts.ts';
import type { Conflict, Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { useMe } from '../../platform/session.tsx';
import { messages } from '../messages.ts';
import { useNames } from '../use-names.ts';
import { Assess } from './item-conflicts.tsx';

/** Conflicts of interest that a member has reported: told at once to the person concerned and to who conducts [M60]. */
export function ConflictNotices({ meeting }: { meeting: Meeting }) {
  const { id: myId } = useMe();
  if (meeting.state === 'ended' || meeting.state === 'cancelled') return null;
  return meeting.conflicts
    .filter((one) => isOpenNotice(one) && (one.personId === myId || meeting.me.conducts))
    .map((one) => <NoticeAlert key={one.id} conflict={one} meeting={meeting} own={one.personId === myId} />);
}

type Props = { readonly conflict: Conflict; readonly meeting: Meeting; readonly own: boolean };

function NoticeAlert({ conflict, meeting, own }: Props) {
  const t = useText(messages);
  const { nameOf, itemOf } = useNames(meeting);
  const { personId, declaredBy, itemId, note } = conflict;
  const said = { by: nameOf(declaredBy), name: nameOf(personId), item: itemOf(itemId) };
  return (
    <Alert
      mb="md"
      color="yellow"
      variant="light"
      role="status"
      icon={<IconScale aria-hidden />}
      title={t(own ? 'reported.ofYou' : 'reported.of', said)}
    >
      {note && (
        <Text size="sm" mb={6} style={{ whiteSpace: 'pre-wrap' }}>
          {note}
        </Text>
      )}
      <Text size="sm" mb={own ? 0 : 'xs'}>
        {t(own ? 'reported.ofYou.detail' : 'reported.detail')}
      </Text>
      {!own && <Assess conflict={conflict} meeting={meeting} />}
    </Alert>
  );
}
