import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { useSeen } from '../platform/use-seen.ts';

/** What was told about a meeting that is shown, and about the items of its agenda, is read. */
export function useMeetingSeen(meeting: Pick<Meeting, 'id' | 'agenda'> | undefined): void {
  const items = (meeting?.agenda ?? []).map(({ id }) => ({ kind: 'meeting-item', id }));
  useSeen(meeting ? [{ kind: 'meeting', id: meeting.id }, ...items] : []);
}
