import type { Body } from '@concert/domain/governance/api.ts';
import { ActionIcon, Badge, Text, Tooltip } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { KindSign } from '../parts/kind-sign.tsx';
import styles from './body-tree.module.css';
import type { Branch } from './tree.ts';

type Props = {
  readonly tree: readonly Branch<Body>[];
  /** Names the list; those within are named by the body that they are below. */
  readonly label: string;
  /** Founds a body below another; absent for those who may not. */
  readonly onFound?: ((parent: Body) => void) | undefined;
};

/** Bodies with those below them: lists within lists, of links. */
export function BodyTree({ tree, label, onFound }: Props) {
  const t = useText(messages);
  return (
    <ul className={styles.list} aria-label={label}>
      {tree.map(({ body, branches }) => (
        <li key={body.id}>
          <BodyLine body={body} onFound={onFound} />
          {branches.length > 0 && (
            <BodyTree tree={branches} label={t('tree.below', { name: body.name })} onFound={onFound} />
          )}
        </li>
      ))}
    </ul>
  );
}

function BodyLine({ body, onFound }: { body: Body; onFound: Props['onFound'] }) {
  const t = useText(messages);
  const { id, name, kind, remit, myRoles, publicity } = body;
  return (
    <div className={styles.line}>
      <Link to={`/bodies/${id}`} className={styles.link}>
        <KindSign kind={kind} />
        <span className={styles.words}>
          <span className={styles.name}>
            {name}
            {publicity === 'internal' && (
              <Badge radius="sm" size="sm" variant="default" leftSection={<IconLock size={11} aria-hidden />}>
                {t('publicity.internal')}
              </Badge>
            )}
            {myRoles.map((role) => (
              <Badge key={role} radius="sm" size="sm" variant="light">
                {t('mine', { role: t(`role.${role}`) })}
              </Badge>
            ))}
          </span>
          <Text component="span" size="xs" c="dimmed" className={styles.remit}>
            {[t(`kind.${kind}`), remit].filter(Boolean).join(' · ')}
          </Text>
        </span>
        <Numbers body={body} />
      </Link>
      {onFound && body.state === 'active' && (
        <Tooltip label={t('foundBelow')}>
          <ActionIcon className={styles.found} aria-label={t('foundBelowOf', { name })} onClick={() => onFound(body)}>
            <IconPlus size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

function Numbers({ body: { memberCount, seatCount, vacantCount } }: { body: Body }) {
  const t = useText(messages);
  const seats = seatCount > 0 ? t('seats.count', { count: seatCount }) : undefined;
  return (
    <span className={styles.numbers}>
      <span>{t('members', { count: memberCount })}</span>
      {seats && (
        <span>
          {seats}
          {vacantCount > 0 && <span className={styles.vacant}>{`, ${t('seats.vacant', { count: vacantCount })}`}</span>}
        </span>
      )}
    </span>
  );
}
