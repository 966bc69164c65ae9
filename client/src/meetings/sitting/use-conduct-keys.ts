import { client } from '../../platform/query.ts';
import { nextItem, turnHindered } from './agenda/course.ts';
import { isRunning } from './clock/clock-text.ts';
import { useChange } from './queries.ts';
import { useShortcuts } from './shortcuts.ts';
import { useSitting } from './sitting-context.tsx';
import { listOf } from './speakers/floor.ts';

/** The keys of who conducts: N the next item, P the clock, + a minute more, S the floor to who is next. */
export function useConductKeys(): void {
  const { meeting, current } = useSitting();
  const turn = useChange(client.meetings.turnTo);
  const clock = useChange(client.meetings.clock);
  const speaker = useChange(client.meetings.speaker);
  const { id } = meeting;
  const next = () => {
    const to = nextItem(meeting);
    if (!to || turnHindered(meeting) || turn.isPending) return;
    turn.mutate({ id, itemId: to.id, ...(current ? { leave: 'done' as const } : {}) });
  };
  const floor = () => {
    const first = listOf(meeting.speakers, current?.id).waiting[0];
    if (first && !speaker.isPending) speaker.mutate({ id, speakerId: first.id, do: 'start' });
  };
  const tick = () => {
    if (current && !clock.isPending) clock.mutate({ id, do: isRunning(current.clock) ? 'stop' : 'run' });
  };
  const minute = () => {
    if (current && !clock.isPending) clock.mutate({ id, do: 'add', seconds: 60 });
  };
  useShortcuts({ n: next, p: tick, '+': minute, s: floor }, meeting.me.conducts && meeting.state === 'in-session');
}
