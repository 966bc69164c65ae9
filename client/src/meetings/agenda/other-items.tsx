import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { isArranged } from '../logic/agenda.ts';
import { durationText } from '../logic/duration.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { useNames } from '../use-names.ts';
import styles from './agenda.module.css';
import { ItemKindMark } from './item-kind.tsx';

type Props = { readonly meeting: Meeting; readonly items: readonly AgendaItem[]; readonly arranges: boolean };

/** What members have proposed, accepted or refused by who conducts. */
export function Proposals({ meeting, items, arranges, onEdit }: Props & { onEdit: (itemId: string) => void }) {
  const t = useText(messages);
  if (items.length === 0) return null;
  return (
    <Section title={t('proposals.title')} detail={t(arranges ? 'proposals.arranges' : 'proposals.reads')}>
      <Rows label={t('proposals.title')}>
        {items.map((item) => (
          <Proposal key={item.id} item={item} meeting={meeting} arranges={arranges} onEdit={() => onEdit(item.id)} />
        ))}
      </Rows>
    </Section>
  );
}

type ProposalProps = Omit<Props, 'items'> & { readonly item: AgendaItem; readonly onEdit: () => void };

function Proposal({ item, meeting, arranges, onEdit }: ProposalProps) {
  const t = useText(messages);
  const { nameOf } = useNames(meeting);
  const { id: myId } = useMe();
  const settle = useChange(client.meetings.settleItem);
  const { id, title, note, kind, proposedBy, plannedSec } = item;
  // Who proposed an item words it, as long as nobody has decided on it.
  const words = (arranges || proposedBy === myId) && isArranged(meeting);
  const as = (state: 'scheduled' | 'refused' | 'withdrawn') => settle.mutate({ id: meeting.id, itemId: id, as: state });
  return (
    <Group id={`item-${id}`} py="sm" gap="sm" justify="space-between" align="flex-start">
      <Stack gap={2} flex="1 1 16rem" miw={0}>
        <Text fw={560} style={{ overflowWrap: 'anywhere' }}>
          {title || t('item.hidden')}
        </Text>
        <span className={styles.detail}>
          <ItemKindMark kind={kind} />
          <span>
            {[t('proposals.by', { name: nameOf(proposedBy) }), plannedSec > 0 && durationText(plannedSec)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        {note && (
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {note}
          </Text>
        )}
      </Stack>
      <Group gap="xs">
        {words && (
          <Button size="xs" variant="default" aria-label={t('proposals.changeOf', { title })} onClick={onEdit}>
            {t('item.change')}
          </Button>
        )}
        {proposedBy === myId && !arranges && isArranged(meeting) && (
          <Button
            size="xs"
            variant="default"
            aria-label={t('proposals.withdrawOf', { title })}
            disabled={settle.isPending}
            onClick={() => as('withdrawn')}
          >
            {t('proposals.withdraw')}
          </Button>
        )}
        {arranges && (
          <>
            <Button
              size="xs"
              aria-label={t('proposals.acceptOf', { title })}
              disabled={settle.isPending}
              onClick={() => as('scheduled')}
            >
              {t('proposals.accept')}
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={t('proposals.refuseOf', { title })}
              disabled={settle.isPending}
              onClick={() => as('refused')}
            >
              {t('proposals.refuse')}
            </Button>
          </>
        )}
      </Group>
    </Group>
  );
}

/** What was put off, withdrawn or refused: out of the way, and brought back by who conducts. */
export function Aside({ meeting, items, arranges }: Props) {
  const t = useText(messages);
  const [shown, { toggle }] = useDisclosure(false);
  const settle = useChange(client.meetings.settleItem);
  if (items.length === 0) return null;
  return (
    <div>
      <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={shown} onClick={toggle}>
        {t(shown ? 'aside.hide' : 'aside.show', { count: items.length })}
      </Button>
      {shown && (
        <Rows label={t('aside.title')}>
          {items.map(({ id, title, state }) => (
            <Group key={id} py="xs" gap="sm" justify="space-between">
              <Group gap="sm" flex="1 1 14rem">
                <Text size="sm" c="dimmed">
                  {title || t('item.hidden')}
                </Text>
                <Badge radius="sm" variant="default">
                  {t(`itemState.${state === 'deferred' || state === 'withdrawn' ? state : 'refused'}`)}
                </Badge>
              </Group>
              {arranges && (
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={settle.isPending}
                  onClick={() => settle.mutate({ id: meeting.id, itemId: id, as: 'scheduled' })}
                >
                  {t('aside.back')}
                </Button>
              )}
            </Group>
          ))}
        </Rows>
      )}
    </div>
  );
}
