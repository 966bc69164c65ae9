import type { Body } from '@concert/domain/governance/api.ts';
import { Anchor, Badge, Button } from '@mantine/core';
import { IconCalendarEvent, IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { messages } from '../messages.ts';
import { above } from '../tree/tree.ts';
import styles from './body-head.module.css';
import { BodyMenu } from './body-menu.tsx';
import { KindSign } from './kind-sign.tsx';
import { useManages } from './manages.ts';
import { useBodies } from './queries.ts';

/** What a body is, what it is there for, where it stands, and the way to its meetings. */
export function BodyHead({ body }: { body: Body }) {
  const t = useText(messages);
  const manages = useManages();
  return (
    <PageHeader
      title={body.name}
      mark={<KindSign kind={body.kind} size={38} />}
      detail={
        <>
          {body.remit && <div>{body.remit}</div>}
          <Place body={body} />
        </>
      }
      badges={<Badges body={body} />}
      actions={
        <>
          <Button
            component={Link}
            to={`/meetings?body=${body.id}`}
            variant="default"
            leftSection={<IconCalendarEvent size={17} stroke={1.7} aria-hidden />}
          >
            {t('meetings')}
          </Button>
          {manages && <BodyMenu body={body} />}
        </>
      }
    />
  );
}

function Badges({ body: { myRoles, publicity, state } }: { body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <>
      {myRoles.map((role) => (
        <Badge key={role} radius="sm" variant="light">
          {t('mine', { role: t(`role.${role}`) })}
        </Badge>
      ))}
      {publicity === 'internal' && (
        <Badge radius="sm" variant="default" leftSection={<IconLock size={12} aria-hidden />}>
          {t('publicity.internal')}
        </Badge>
      )}
      {state === 'archived' && (
        <Badge radius="sm" variant="default">
          {say('state.archived')}
        </Badge>
      )}
    </>
  );
}

/** Its kind, the body above it and those right below it. */
function Place({ body }: { body: Body }) {
  const t = useText(messages);
  const bodies = useBodies('active').data ?? [];
  const parent = above(bodies, body.id).at(-1) ?? bodies.find(({ id }) => id === body.parentId);
  const below = bodies.filter(({ parentId }) => parentId === body.id);
  return (
    <ul className={styles.place}>
      <li>{t(`kind.${body.kind}`)}</li>
      {parent && (
        <li>
          {t('reportsTo')} <BodyLink body={parent} />
        </li>
      )}
      {below.length > 0 && (
        <li>
          {t('hasBelow')}{' '}
          {below.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ', '}
              <BodyLink body={one} />
            </span>
          ))}
        </li>
      )}
    </ul>
  );
}

const BodyLink = ({ body: { id, name } }: { body: Body }) => (
  <Anchor component={Link} to={`/bodies/${id}`} inherit>
    {name}
  </Anchor>
);
