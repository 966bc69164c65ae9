import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import { RecordPart } from '@concert/domain/meetings/minutes-record.ts';
import { recordWords } from '@concert/domain/meetings/minutes-words.ts';
import {
  type Icon,
  IconChecklist,
  IconCircleCheck,
  IconGavel,
  IconHistory,
  IconListNumbers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { ActionDialog } from '../../platform/document-parts.tsx';
import type { HeldLine } from '../../platform/editor/lines.ts';
import { type RecordSource, RecordSourceProvider } from '../../platform/editor/record-source.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { dayOf } from '../../platform/sharing/ends.ts';
import { sayRefusal } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { draftOf } from './draft.ts';
import { useTick } from './queries.ts';

const SIGNS: Readonly<Record<RecordPart, Icon>> = {
  attendance: IconUsersGroup,
  item: IconListNumbers,
  poll: IconChecklist,
  decision: IconGavel,
  action: IconCircleCheck,
  carried: IconHistory,
};

/** As the help shows it; the editor hears it. */
const ACTION_KEYS = 'Mod+Alt+A';

type Props = {
  /** Undefined while they are being read. */
  readonly minutes: Minutes | undefined;
  readonly failed?: boolean;
  readonly children: ReactNode;
};

/** Gives the blocks of minutes their words, and lets who conducts make action items of lines. */
export function MinutesRecord({ minutes, failed = false, children }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const tick = useTick();
  const [line, setLine] = useState<HeldLine>();
  const act = (held: HeldLine) => (held.under('item') ? setLine(held) : sayRefusal(t('minutes.actNowhere')));
  const gives = minutes?.me.conducts === true && minutes.state === 'draft';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what ticks and acts is the same each time
  const source = useMemo((): RecordSource => {
    const record = minutes?.record;
    return {
      state: record ? 'read' : failed ? 'failed' : 'reading',
      words: ({ part, ref }) => {
        const known = RecordPart.safeParse(part);
        const told = known.success && record ? recordWords(record, { part: known.data, ref }, locale) : null;
        return told && known.success ? { icon: SIGNS[known.data], ...told } : null;
      },
      mayTick: ({ ref }) =>
        [...(record?.actions ?? []), ...(record?.carried ?? [])].some(({ id, ticks }) => id === ref && ticks),
      tick: ({ ref }, done) => tick(ref, done),
      ...(gives
        ? { lineAction: { label: t('minutes.act'), icon: IconCircleCheck, shortcut: ACTION_KEYS, run: act } }
        : {}),
    };
  }, [minutes?.record, failed, locale, gives]);
  return (
    <RecordSourceProvider value={source}>
      {children}
      {minutes && line && <LineDialog minutes={minutes} line={line} onClose={() => setLine(undefined)} />}
    </RecordSourceProvider>
  );
}

type DialogProps = { readonly minutes: Minutes; readonly line: HeldLine; readonly onClose: () => void };

/** Gives somebody what a line says; the action item takes the place of the line. */
function LineDialog({ minutes: { meetingId, bodyId, record }, line, onClose }: DialogProps) {
  const meeting = useQuery(orpc.meetings.get.queryOptions({ input: { id: meetingId } }));
  // Whoever was writing goes on writing.
  useEffect(() => () => line.focus(), [line]);
  const itemId = line.under('item');
  const item = record.items.find(({ id }) => id === itemId);
  // Those who are called are proposed as owners: without them the form would begin with nobody.
  if (meeting.isPending) return null;
  return (
    <ActionDialog
      opened
      onClose={onClose}
      bodyId={bodyId}
      draft={draftOf(line.text, meeting.data?.attendees ?? [], dayOf(Date.now()))}
      {...(item ? { item: { meetingId, itemId: item.id, title: item.title } } : {})}
      onGiven={(ref) => line.becomes({ part: 'action', ref })}
    />
  );
}
