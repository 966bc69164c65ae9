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
  const { state, me, mode } = meeting;
  const next = nextItem(meeting);
  const begun = itemsShown(meeting.agenda).some((item) => item.state === 'done' || item.state === 'paused');
  if (mode === 'written' && WRITTEN_IN.has(state)) return <InWriting />;
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

const WRITTEN_IN: ReadonlySet<string> = new Set(['convened', 'frozen', 'ended']);

/** What stands in the middle of a consultation in writing while nobody looks at an item. */
function InWriting() {
  const t = useSay();
  const { state, me, openPollIds } = useSitting().meeting;
  const ended = state === 'ended';
  const what = ended ? 'results' : me.conducts ? 'conducts' : 'reads';
  return (
    <article className={styles.item} data-quiet={openPollIds.length > 0 || undefined}>
      <div>
        <Title order={2} className={styles.title}>
          {t(ended ? 'sitting.written.closed' : 'sitting.written.title')}
        </Title>
        <Text c="dimmed" mt={6} maw="36rem">
          {t(`sitting.written.${what}`)}
        </Text>
      </div>
    </article>
  );
}
