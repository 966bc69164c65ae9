import type { PeriodProxy } from '@concert/domain/meetings/proxies-api.ts';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { useMe } from '../../platform/session.tsx';
import { messages } from '../messages.ts';
import { PROXY_LOOK } from '../people/proxy-look.ts';
import { isOpen } from './period-lists.ts';
import { useSettlePeriod } from './queries.ts';

/** A proxy for a time: whose vote, in whose hands, in which body, from when until when. */
export function PeriodRow({ proxy }: { proxy: PeriodProxy }) {
  const t = useText(messages);
  const format = useFormat();
  const { id: myId } = useMe();
  const settle = useSettlePeriod();
  const { id, from, to, bodyName, seatTitle, fromDay, untilDay, state, over } = proxy;
  const as = (wanted: 'accepted' | 'refused' | 'revoked') => settle.mutate({ id, as: wanted });
  const days = t('period.days', { from: format.date(fromDay, 'medium'), until: format.date(untilDay, 'medium') });
  const open = isOpen(proxy);
  const ended = over && (state === 'given' || state === 'accepted');
  return (
    <Group py="xs" gap="sm" justify="space-between" style={open ? undefined : { opacity: 0.75 }}>
      <Stack gap={2} flex="1 1 16rem" miw={0}>
        <Group gap={6}>
          <Text size="sm" fw={560}>
            {from.name}
          </Text>
          <IconArrowRight size={15} role="img" aria-label={t('proxies.to')} />
          <Text size="sm" fw={560}>
            {to.name}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {[days, bodyName, seatTitle].filter(Boolean).join(' · ')}
        </Text>
      </Stack>
      <Group gap="xs">
        {open && to.id === myId && state === 'given' && (
          <>
            <Button size="compact-sm" disabled={settle.isPending} onClick={() => as('accepted')}>
              {t('proxy.accept')}
            </Button>
            <Button size="compact-sm" variant="default" disabled={settle.isPending} onClick={() => as('refused')}>
              {t('proxy.refuse')}
            </Button>
          </>
        )}
        {open && from.id === myId && (
          <Button size="compact-sm" variant="default" disabled={settle.isPending} onClick={() => as('revoked')}>
            {t('proxy.revoke')}
          </Button>
        )}
        <Badge radius="sm" {...(ended ? PROXY_LOOK.revoked : PROXY_LOOK[state])}>
          {t(ended ? 'period.over' : `proxyState.${state}`)}
        </Badge>
      </Group>
    </Group>
  );
}
