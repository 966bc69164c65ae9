import type { AccessReason } from '@concert/domain/access/api.ts';
import { useFormat } from '../format.ts';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { lastDayOf } from './ends.ts';
import { messages } from './messages.ts';

/** Says why somebody can see something, or cannot: "Editor through Steering committee, until 30 June 2027". */
export function useReasonText(): (reason: AccessReason, about: 'workspace' | 'document') => string {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  return ({ kind, on, role, through, until, since }, about) => {
    if (kind === 'denied') {
      const date = since ? format.date(since) : '';
      return through ? t('reason.deniedThrough', { through: through.name, date }) : t('reason.denied', { date });
    }
    const what = t(`reason.${kind}`, {
      role: role ? say(`role.${role}`) : '',
      through: through?.name || t('gone'),
    });
    // That a right is on the whole workspace goes without saying on the workspace's own page.
    const where = about === 'document' && kind !== 'member' && kind !== 'person' ? t(`reason.on.${on}`) : '';
    const end = until ? t('reason.until', { date: format.date(lastDayOf(until)) }) : '';
    return [what, where, end].filter(Boolean).join(', ');
  };
}
