import type { Decision } from '@concert/domain/decisions/api.ts';
import { Alert, Anchor, Stack } from '@mantine/core';
import { IconArrowForward, IconBan, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

/** What must be known before the text is read: that it is a draft, or holds no more. */
export function Banners({ decision }: { decision: Decision }) {
  const t = useText(messages);
  const format = useFormat();
  const { state, supersededBy, annulledAt, annulledReason } = decision;
  const banners: ReactNode[] = [];
  if (state === 'draft')
    banners.push(
      <Alert key="draft" color="gray" icon={<IconPencil size={18} aria-hidden />} title={t('draft.title')}>
        {t('draft.detail')}
      </Alert>,
    );
  if (state === 'superseded')
    banners.push(
      <Alert
        key="superseded"
        color="yellow"
        icon={<IconArrowForward size={18} aria-hidden />}
        title={t('chain.superseded')}
      >
        {supersededBy && (
          <>
            {t('chain.supersededBy')}{' '}
            <Anchor component={Link} to={`/decisions/${supersededBy.id}`} inherit>
              {[supersededBy.number, supersededBy.title].filter(Boolean).join(' · ')}
            </Anchor>
          </>
        )}
      </Alert>,
    );
  if (annulledAt)
    banners.push(
      <Alert
        key="annulled"
        color="red"
        icon={<IconBan size={18} aria-hidden />}
        title={t('annulled.title', { date: format.date(annulledAt) })}
      >
        {annulledReason}
      </Alert>,
    );
  if (banners.length === 0) return null;
  return (
    <Stack gap="sm" mb="lg">
      {banners}
    </Stack>
  );
}
