import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconListNumbers } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { usePlace } from '../../platform/use-place.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { agendaParts, isArranged, isLate } from '../logic/agenda.ts';
import { messages } from '../messages.ts';
import { AddItem } from './add-item.tsx';
import styles from './agenda.module.css';
import { AgendaRow } from './agenda-row.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { Aside, Proposals } from './other-items.tsx';
import { TimeTotals } from './time-totals.tsx';
import { useReorder } from './use-reorder.ts';

/** The agenda: what is dealt with, in which order, for how long; arranged in place by who conducts the meeting. */
export function AgendaView({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const [edited, setEdited] = useState<string>();
  const reorder = useReorder(meeting);
  usePlace('item-', true);
  const { listed, proposed, aside } = agendaParts(meeting.agenda);
  const open = isArranged(meeting);
  const arranges = meeting.me.conducts && open;
  const proposes = meeting.me.takesPart && open && !arranges;
  return (
    <Stack gap="2rem">
      <section aria-label={t('view.agenda')}>
        {listed.length > 0 && meeting.mode !== 'written' && <TimeTotals meeting={meeting} />}
        {listed.length === 0 && (
          <EmptyState icon={IconListNumbers} title={t('agenda.none')} compact>
            {t(arranges ? 'agenda.noneArranges' : 'agenda.noneReads')}
          </EmptyState>
        )}
        <ol className={styles.agenda}>
          {listed.map((item) => (
            <AgendaRow
              key={item.id}
              item={item}
              meeting={meeting}
              arranges={arranges}
              reorder={reorder}
              onEdit={() => setEdited(item.id)}
            />
          ))}
        </ol>
        <VisuallyHidden role="status">{reorder.said}</VisuallyHidden>
        {(arranges || proposes) && <Adding meeting={meeting} proposes={proposes} />}
      </section>
      <Proposals meeting={meeting} items={proposed} arranges={arranges} onEdit={setEdited} />
      <Aside meeting={meeting} items={aside} arranges={arranges} />
      <ItemDialog
        meeting={meeting}
        item={meeting.agenda.find(({ id }) => id === edited)}
        onClose={() => setEdited(undefined)}
      />
    </Stack>
  );
}

function Adding({ meeting, proposes }: { meeting: Meeting; proposes: boolean }) {
  const t = useText(messages);
  const { lateItems } = meeting.rules;
  const late = isLate(meeting);
  if (late && lateItems === 'no')
    return (
      <Text size="sm" c="dimmed" mt="md">
        {t('late.no')}
      </Text>
    );
  return (
    <>
      <AddItem meeting={meeting} proposes={proposes} />
      {late && (
        <Text size="xs" c="dimmed" mt={6}>
          {t(`late.${lateItems === 'two-thirds' ? 'twoThirds' : 'chair'}`)}
        </Text>
      )}
    </>
  );
}
