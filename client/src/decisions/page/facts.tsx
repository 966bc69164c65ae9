import type { Decision } from '@concert/domain/decisions/api.ts';
import { Anchor, CopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import {
  type Icon,
  IconArrowBackUp,
  IconBook2,
  IconCalendarRepeat,
  IconHash,
  IconLock,
  IconWorld,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import styles from './decision.module.css';

function Fact({ icon: Sign, children }: { icon: Icon; children: ReactNode }) {
  return (
    <li>
      <Sign size={16} stroke={1.6} aria-hidden />
      <span>{children}</span>
    </li>
  );
}

/** When it was entered and published, when it is looked at again, what it supersedes, and by what it is known. */
export function Facts({ decision }: { decision: Decision }) {
  const t = useText(messages);
  const format = useFormat();
  const { adoptedAt, publishedAt, published, reviewOn, supersedes, hash } = decision;
  return (
    <Section title={t('facts.title')}>
      <ul className={styles.facts}>
        {adoptedAt && <Fact icon={IconBook2}>{t('facts.adopted', { date: format.date(adoptedAt) })}</Fact>}
        {publishedAt && <Fact icon={IconWorld}>{t('facts.published', { date: format.date(publishedAt) })}</Fact>}
        {adoptedAt && !published && <Fact icon={IconLock}>{t('facts.internal')}</Fact>}
        {reviewOn && <Fact icon={IconCalendarRepeat}>{t('facts.review', { date: format.date(reviewOn) })}</Fact>}
        {supersedes && (
          <Fact icon={IconArrowBackUp}>
            {t('chain.supersedes')}{' '}
            <Anchor component={Link} to={`/decisions/${supersedes.id}`} inherit>
              {[supersedes.number, supersedes.title].filter(Boolean).join(' · ')}
            </Anchor>
          </Fact>
        )}
        {hash && (
          <Fact icon={IconHash}>
            {t('facts.hash')}
            <br />
            <CopyButton value={hash}>
              {({ copied, copy }) => (
                <Tooltip label={t('facts.hashCopied')} opened={copied}>
                  <UnstyledButton className={styles.hash} onClick={copy}>
                    {hash}
                  </UnstyledButton>
                </Tooltip>
              )}
            </CopyButton>
          </Fact>
        )}
      </ul>
    </Section>
  );
}
