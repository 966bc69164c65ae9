import { isOpenNotice } from '@concert/domain/meetings/conflicts.ts';
import { type AgendaItem, ASSESSMENTS, type Conflict, type Meeting } from '@concert/domain/meetings/shapes.ts';
import { Badge, Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconScale } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { useNames } from '../use-names.ts';
import styles from './item-parts.module.css';

/** Conflicts of interest in an item, and what follows from them; assessed by who conducts, never by those concerned. */
export function ItemConflicts({ item, meeting }: { item: AgendaItem; meeting: Meeting }) {
  const conflicts = meeting.conflicts.filter(({ itemId, lifted }) => itemId === item.id && !lifted);
  return conflicts.map((conflict) => <ConflictLine key={conflict.id} conflict={conflict} meeting={meeting} />);
}

function ConflictLine({ conflict, meeting }: { conflict: Conflict; meeting: Meeting }) {
  const t = useText(messages);
  const { id: myId } = useMe();
  const { nameOf } = useNames(meeting);
  const { personId, note, assessment } = conflict;
  const noticed = isOpenNotice(conflict);
  const own = personId === myId;
  const over = meeting.state === 'ended' || meeting.state === 'cancelled';
  return (
    <div className={styles.conflict}>
      <IconScale size={15} stroke={1.7} aria-hidden />
      <span>{own ? t('conflict.mine') : t('conflict.of', { name: nameOf(personId) })}</span>
      <Badge radius="sm" variant="light" color={noticed || assessment === 'no-action' ? 'gray' : 'yellow'}>
        {t(assessment ? `assessment.${assessment}` : noticed ? 'assessment.notice' : 'assessment.open')}
      </Badge>
      {meeting.me.conducts && !own && !over && <Assess conflict={conflict} meeting={meeting} />}
      {note && (
        <Text size="xs" c="dimmed" w="100%" style={{ whiteSpace: 'pre-wrap' }}>
          {note}
        </Text>
      )}
    </div>
  );
}

export function Assess({ conflict, meeting }: { conflict: Conflict; meeting: Meeting }) {
  const t = useText(messages);
  const assess = useChange(client.meetings.assessConflict);
  const set = (as: (typeof ASSESSMENTS)[number] | 'lifted') =>
    assess.mutate({ id: meeting.id, conflictId: conflict.id, as });
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          loading={assess.isPending}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          {t('conflict.assess')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ASSESSMENTS.map((as) => (
          <Menu.Item key={as} disabled={conflict.assessment === as} onClick={() => set(as)}>
            {t(`assessment.${as}`)}
            <Text size="xs" c="dimmed" component="div">
              {t(`assessment.${as}.detail`)}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => set('lifted')}>{t('conflict.lift')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
