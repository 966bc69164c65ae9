import type { Minutes, MinutesState } from '@concert/domain/meetings/minutes-api.ts';
import { Anchor, Badge, CopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import { IconHash, IconPencil, IconRosetteDiscountCheck, IconSend } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './minutes.module.css';

const LOOK = {
  draft: { color: 'gray', variant: 'default', Sign: IconPencil },
  submitted: { color: 'yellow', variant: 'light', Sign: IconSend },
  approved: { color: 'lagoon', variant: 'light', Sign: IconRosetteDiscountCheck },
} as const satisfies Readonly<Record<MinutesState, unknown>>;

/** How minutes stand, in a word. */
export function MinutesBadge({ state }: { state: MinutesState }) {
  const t = useText(messages);
  const { Sign, ...look } = LOOK[state];
  return (
    <Badge radius="sm" {...look} leftSection={<Sign size={13} aria-hidden />}>
      {t(`minutes.state.${state}`)}
    </Badge>
  );
}

/** What there is to know about how minutes stand: since when, by whom, and what that means. */
export function MinutesStanding({ minutes }: { minutes: Minutes }) {
  const t = useText(messages);
  const format = useFormat();
  const { state, submitted, approved, reopened } = minutes;
  const last = reopened.at(-1);
  if (state === 'approved' && approved) {
    const { meeting, at } = approved;
    return (
      <>
        {t('minutes.approvedAt', { date: format.date(at) })}{' '}
        <Anchor component={Link} to={`/meetings/${meeting.id}`} inherit>
          {meeting.title || t('minutes.laterMeeting')}
        </Anchor>
        .{submitted && <Hash hash={submitted.hash} />}
      </>
    );
  }
  if (state === 'submitted' && submitted) {
    return (
      <>
        {t('minutes.submittedAt', { date: format.dateTime(submitted.at), name: submitted.by.name })}
        <Hash hash={submitted.hash} />
      </>
    );
  }
  if (!last) return t('minutes.draftDetail');
  const again = t('minutes.reopenedAt', { date: format.dateTime(last.at), name: last.by.name });
  return last.reason ? `${again} ${t('minutes.reason', { reason: last.reason })}` : again;
}

const SHORT = 10;

/** The fingerprint of what was submitted; a click copies the whole of it. */
function Hash({ hash }: { hash: string }) {
  const t = useText(messages);
  return (
    <CopyButton value={hash}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('minutes.hashCopied') : `SHA-256 ${hash}`} multiline maw="22rem">
          <UnstyledButton
            className={styles.hash}
            aria-label={t('minutes.hash', { hash: hash.slice(0, SHORT) })}
            onClick={copy}
          >
            <IconHash size={12} aria-hidden />
            {hash.slice(0, SHORT)}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
