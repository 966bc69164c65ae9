import type { PeriodProxy } from '@concert/domain/meetings/proxies-api.ts';

/** Whether it is, or may still come, into force. */
export const isOpen = ({ state, over }: Pick<PeriodProxy, 'state' | 'over'>): boolean =>
  !over && (state === 'given' || state === 'accepted');

/** Proxies for a time as the reader looks at them: what waits for them, what holds, what others hold, what is over. */
export function periodParts(proxies: readonly PeriodProxy[], myId: string) {
  const open = proxies.filter(isOpen);
  const mine = (one: PeriodProxy): boolean => one.from.id === myId || one.to.id === myId;
  return {
    offered: open.filter(({ to, state }) => to.id === myId && state === 'given'),
    mine: open.filter((one) => mine(one) && !(one.to.id === myId && one.state === 'given')),
    others: open.filter((one) => !mine(one)),
    over: proxies.filter((one) => !isOpen(one)),
  };
}
