import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { showPart } from '../../test/show.tsx';
import { ConflictDialog } from './agenda/conflict-dialog.tsx';
import { ItemDialog } from './agenda/item-dialog.tsx';
import { aMeeting, anAttendee, anItem } from './logic/test-meeting.ts';
import { CancelDialog } from './plan/cancel-dialog.tsx';
import { ConveneDialog } from './plan/convene-dialog.tsx';
import { ProxyDialog } from './plan/proxy-dialog.tsx';
import { GivePeriodDialog } from './proxies/give-dialog.tsx';
import { startSitting } from './sitting/test/server.ts';

let stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  stops = [];
});

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const item = anItem();
const people = [anAttendee({ personId: 'bob', name: 'Bob' })];
const meeting: Meeting = aMeeting({
  ...{ state: 'draft', startAt: inDays(60), endAt: inDays(61), agenda: [item], attendees: people },
});
const nothing = () => undefined;
const seat = {
  ...{ bodyId: 'board', bodyName: 'Board', seatId: 'seat-1', title: 'One' },
  receivers: [{ id: 'bob', name: 'Bob', color: '#123456' }],
};

async function focused(dialog: ReactNode): Promise<void> {
  const held = await startSitting(meeting);
  stops.push(held.stop);
  stops.push(showPart(dialog, held).stop);
  await screen.findByRole('dialog');
}

describe('a dialog puts the focus where one begins', () => {
  test('convening: on the confirmation, or on the reason where one is asked for', async () => {
    await focused(<ConveneDialog meeting={meeting} opened onClose={nothing} />);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Convene' })).toHaveFocus());
  });

  test('convening within less than the notice: on the reason', async () => {
    const soon = { ...meeting, startAt: inDays(2), endAt: inDays(3) };
    await focused(<ConveneDialog meeting={soon} opened onClose={nothing} />);
    await waitFor(() => expect(screen.getByRole('textbox')).toHaveFocus());
  });

  test.each([
    ['a proxy', <ProxyDialog key="p" meeting={meeting} opened onClose={nothing} />, 'To'],
    ['a proxy for a time', <GivePeriodDialog key="t" seats={[seat]} opened onClose={nothing} />, 'To'],
    [
      'one of several seats',
      <GivePeriodDialog key="s" seats={[seat, { ...seat, seatId: 'two' }]} opened onClose={nothing} />,
      'For the seat',
    ],
    [
      'a conflict of interest',
      <ConflictDialog key="c" meeting={meeting} item={item} opened onClose={nothing} />,
      'Person concerned',
    ],
    ['an item', <ItemDialog key="i" meeting={meeting} item={item} onClose={nothing} />, 'Title'],
    ['cancelling', <CancelDialog key="x" meeting={meeting} how="cancelled" onClose={nothing} />, /Reason/],
  ])('%s: on the first field, without opening anything', async (_, dialog, label) => {
    await focused(dialog);
    await waitFor(() => expect(screen.getByLabelText(label, { selector: 'input, textarea' })).toHaveFocus());
    expect(screen.queryByRole('option')).toBeNull();
  });
});
