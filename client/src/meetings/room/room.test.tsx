import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { showPart } from '../../../test/show.tsx';
import { useMeeting } from '../sitting/queries.ts';
import { SittingProvider } from '../sitting/sitting-context.tsx';
import { SittingView } from '../sitting/sitting-view.tsx';
import { aSitting } from '../sitting/test/data.ts';
import { startSitting } from '../sitting/test/server.ts';

let stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  stops = [];
  localStorage.clear();
  sessionStorage.clear();
});

function Held() {
  const meeting = useMeeting('meeting-1');
  if (!meeting.data) return null;
  return (
    <SittingProvider meeting={meeting.data} polls={[]} receivedAt={meeting.dataUpdatedAt}>
      <SittingView />
      <button type="button" onClick={() => void meeting.refetch()}>
        read again
      </button>
    </SittingProvider>
  );
}

async function show(over: Partial<Meeting>, held?: Awaited<ReturnType<typeof startSitting>>) {
  const server = held ?? (await startSitting(aSitting(over)));
  if (held === undefined) stops.push(server.stop);
  const view = showPart(<Held />, server);
  stops.push(view.stop);
  await screen.findByRole('heading', { name: 'Comité du 23 novembre' });
  return { server, view };
}

const made: Partial<Meeting> = { room: { provider: 'jitsi', made: true } };
const button = () => screen.getByRole('button', { name: 'Video room' });
const frame = async (): Promise<HTMLIFrameElement> => {
  const found = await screen.findByTitle('Video room');
  if (!(found instanceof HTMLIFrameElement)) throw new Error('there is no frame');
  return found;
};
const scope = 'jitsi_meet_external_api_1';
const event = (name: string) =>
  JSON.stringify({ postis: true, scope, method: 'message', params: { type: 'event', data: { name } } });

describe('the room of a sitting', () => {
  test('opens beside the agenda with what it needs and no more, is remembered, and closes', async () => {
    const { server, view } = await show(made);
    expect(server.asked).toEqual([]);
    expect(button()).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button());
    const shown = await frame();
    expect(shown.src).toBe('https://meet.test.example/room?jwt=x#jitsi_meet_external_api_id=1');
    expect(shown.getAttribute('allow')).toMatch(/^camera; microphone; display-capture; fullscreen/);
    expect(shown.getAttribute('sandbox')).not.toMatch(/top-navigation/);
    expect(shown).toHaveAttribute('referrerpolicy', 'no-referrer');
    // What else happens in the sitting leaves the frame alone: another address would throw its reader out.
    await userEvent.click(screen.getByRole('button', { name: 'Larger' }));
    await userEvent.click(screen.getByRole('button', { name: 'read again' }));
    expect(await frame()).toBe(shown);
    const entered = server.asked.length;
    view.unmount();
    await show(made, server);
    expect((await frame()).src).toBe(shown.src);
    expect(server.asked.filter((one) => one === 'enter').length).toBeGreaterThan(entered - 1);
    expect(screen.getByRole('button', { name: 'Smaller' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Leave and close the room' }));
    expect(screen.queryByTitle('Video room')).toBeNull();
    expect(button()).toHaveAttribute('aria-expanded', 'false');
  });

  test('says why it does not open, and tries again', async () => {
    const { server } = await show(made);
    server.refusal = 'room-unavailable';
    await userEvent.click(button());
    expect(await screen.findByRole('alert')).toHaveTextContent(/The video service does not answer/);
    server.refusal = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect((await frame()).src).toContain('https://meet.test.example/room');
  });

  test('[M42] is told of by the frame alone: who has joined, and leaves with it', async () => {
    const { server } = await show(made);
    await userEvent.click(button());
    const { contentWindow } = await frame();
    const told = () => server.asked.filter((one) => one !== 'enter');
    const say = (data: string, from: { origin?: string; source?: Window | null } = {}) =>
      fireEvent(
        window,
        new MessageEvent('message', { data, origin: 'https://meet.test.example', source: contentWindow, ...from }),
      );
    const joined = event('video-conference-joined');
    say(joined, { origin: 'https://evil.example' });
    say(joined, { source: window });
    say(joined);
    say(joined);
    await waitFor(() => expect(told()).toEqual([expect.stringMatching(/^joined [0-9a-f-]{36}$/)]));
    const [connection] = told().map((one) => one.split(' ')[1]);
    await userEvent.click(screen.getByRole('button', { name: 'Leave and close the room' }));
    await waitFor(() => expect(told().at(-1)).toBe(`left ${connection}`));
    expect(told()).toHaveLength(2);
  });

  test('[M41] waits for its hour, and is for who is called', async () => {
    const inAnHour = '2026-11-23T09:30:00.000Z';
    await show({ ...made, state: 'convened', startAt: inAnHour });
    expect(button()).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(button());
    expect(screen.queryByTitle('Video room')).toBeNull();
  });

  test('[M41] is nothing to who only looks on', async () => {
    await show({ ...made, me: { conducts: true, takesPart: false, seatIds: [], presence: 'out' } });
    expect(screen.queryByRole('button', { name: 'Video room' })).toBeNull();
  });

  test('[M40] at an address elsewhere is a link', async () => {
    await show({ roomUrl: 'https://elsewhere.example/room' });
    const link = screen.getByRole('link', { name: 'Video room' });
    expect(link).toHaveAttribute('href', 'https://elsewhere.example/room');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });
});
