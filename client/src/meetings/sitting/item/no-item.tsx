import { Button, Text, Title } from '@mantine/core';
import { client } from '../../../platform/query.ts';
import { itemsShown, nextItem } from '../agenda/course.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './item.module.css';

/** What stands in the middle while no item is open: before the sitting, between two items, after it. */
export function NoItem() {
  const t = useSay();
  const { meeting } = useSitting();
  const turn = useChange(client.meetings.turnTo);
  const { state, me } = meeting;
  const next = nextItem(meeting);
  const begun = itemsShown(meeting.agenda).some((item) => item.state === 'done' || item.state === 'paused');
  return (
    <article className={styles.item}>
      <div>
        <Title order={2} className={styles.title}>
          {t(`sitting.none.${state}`)}
        </Title>
        <Text c="dimmed" mt={6} maw="36rem">
          {t(me.conducts && state === 'in-session' ? 'sitting.none.conducts' : `sitting.none.${state}.detail`)}
        </Text>
      </div>
      {me.conducts && state === 'in-session' && next && (
        <div>
          <Button loading={turn.isPending} onClick={() => turn.mutate({ id: meeting.id, itemId: next.id })}>
            {t(begun ? 'sitting.turn.nextNumber' : 'sitting.turn.begin', { number: next.number ?? '' })}
          </Button>
        </div>
      )}
    </article>
  );
}
