import type { Meeting, VoteProxy } from '@concert/domain/meetings/shapes.ts';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { isArranged } from '../logic/agenda.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { useNames } from '../use-names.ts';
import { PROXY_LOOK } from './proxy-look.ts';

/** Votes that were put into another's hands, those that hold first. */
export function Proxies({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { rules, proxies } = meeting;
  if (!rules.proxies.allowed || (proxies.length === 0 && meeting.state === 'draft')) return null;
  const inOrder = proxies.toSorted((a, b) => Number(isSettled(a)) - Number(isSettled(b)));
  return (
    <Section title={t('proxies.title')} detail={t('proxies.detail', { count: rules.proxies.maxPerHolder })}>
      {proxies.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('proxies.none')}
        </Text>
      )}
      <Rows label={t('proxies.title')}>
        {inOrder.map((proxy) => (
          <ProxyRow key={proxy.id} proxy={proxy} meeting={meeting} />
        ))}
      </Rows>
    </Section>
  );
}

const isSettled = ({ state, rests }: VoteProxy): boolean =>
  rests === true || state === 'refused' || state === 'revoked';

function ProxyRow({ proxy, meeting }: { proxy: VoteProxy; meeting: Meeting }) {
  const t = useText(messages);
  const { nameOf, itemOf } = useNames(meeting);
  const { id: myId } = useMe();
  const settle = useChange(client.meetings.settleProxy);
  const format = useFormat();
  const { id, fromId, toId, itemId, period, rests, state } = proxy;
  const days = period && { from: format.date(period.from, 'medium'), until: format.date(period.until, 'medium') };
  const as = (wanted: 'accepted' | 'refused' | 'revoked') => settle.mutate({ id: meeting.id, proxyId: id, as: wanted });
  // One for a time is looked after where it was given.
  const open = isArranged(meeting) && !isSettled(proxy) && period === undefined;
  return (
    <Group py="xs" gap="sm" justify="space-between" style={isSettled(proxy) ? { opacity: 0.75 } : undefined}>
      <Stack gap={2} flex="1 1 16rem" miw={0}>
        <Group gap={6}>
          <Text size="sm" fw={560}>
            {nameOf(fromId)}
          </Text>
          <IconArrowRight size={15} role="img" aria-label={t('proxies.to')} />
          <Text size="sm" fw={560}>
            {nameOf(toId)}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {days ? t('period.days', days) : itemId ? itemOf(itemId) : t('proxy.whole')}
        </Text>
      </Stack>
      <Group gap="xs">
        {open && toId === myId && state === 'given' && (
          <>
            <Button size="compact-sm" disabled={settle.isPending} onClick={() => as('accepted')}>
              {t('proxy.accept')}
            </Button>
            <Button size="compact-sm" variant="default" disabled={settle.isPending} onClick={() => as('refused')}>
              {t('proxy.refuse')}
            </Button>
          </>
        )}
        {open && fromId === myId && (
          <Button size="compact-sm" variant="default" disabled={settle.isPending} onClick={() => as('revoked')}>
            {t('proxy.revoke')}
          </Button>
        )}
        <Badge radius="sm" {...PROXY_LOOK[rests ? 'revoked' : state]}>
          {t(rests ? 'period.rests' : `proxyState.${state}`)}
        </Badge>
      </Group>
    </Group>
  );
}
