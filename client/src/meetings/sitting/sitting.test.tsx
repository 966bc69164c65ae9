import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { showPart } from '../../../test/show.tsx';
import { Announcer } from './announcer.tsx';
import { sittingEn } from './messages.en.ts';
import { useMeeting, usePolls } from './queries.ts';
import { SittingProvider } from './sitting-context.tsx';
import { SittingView } from './sitting-view.tsx';
import { anAttendee, anItem, aPoll, aSitting } from './test/data.ts';
import { startSitting } from './test/server.ts';

let stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  stops = [];
});

/** The sitting as its page shows it, whether or not the client as a whole names the slice yet. */
function Held() {
  i18next.addResourceBundle('en', 'meetings', sittingEn, true, false);
  const meeting = useMeeting('meeting-1');
  const polls = usePolls('meeting-1');
  if (!meeting.data || !polls.data) return null;
  return (
    <SittingProvider meeting={meeting.data} polls={polls.data.items} receivedAt={meeting.dataUpdatedAt}>
      <SittingView />
      <Announcer />
      <button type="button" onClick={() => void Promise.all([meeting.refetch(), polls.refetch()])}>
        read again
      </button>
    </SittingProvider>
  );
}

async function show(meeting: Meeting, polls: Poll[] = []) {
  const held = await startSitting(meeting, polls);
  stops.push(held.stop);
  const view = showPart(<Held />, held);
  stops.push(view.stop);
  await screen.findByRole('heading', { name: meeting.title });
  return held;
}

const seat = { seatId: 'seat-1', title: 'Siège 1', via: 'self' as const, voted: false };
const options = ['Ada', 'Bob', 'Chiara'].map((label) => ({ id: label.toLowerCase(), label }));
const election = aPoll({ method: 'choose', secrecy: 'secret', options, limits: { max: 2 }, mine: [seat] });
const conductor = { ...aSitting().me, conducts: true };

describe('a vote', () => {
  test('is looked at once more, cast once, and said to be recorded', async () => {
    const held = await show(aSitting({ openPollIds: ['poll-1'] }), [aPoll({ mine: [seat] })]);
    await userEvent.click(screen.getByRole('button', { name: 'For' }));
    expect(screen.getByText(/The first vote counts/)).toBeVisible();
    expect(held.ballots).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await userEvent.click(screen.getByRole('button', { name: 'Against' }));
    await userEvent.click(screen.getByRole('button', { name: 'Vote like this' }));
    expect(await screen.findByText('Your vote is recorded')).toBeVisible();
    expect(screen.getByText('You voted: Against.')).toBeVisible();
    expect(held.ballots).toEqual([{ seatId: 'seat-1', choice: { method: 'motion', vote: 'no' } }]);
  });

  test('that is secret says what it hides, and shows nothing of itself afterwards', async () => {
    await show(aSitting({ openPollIds: ['poll-1'] }), [election]);
    expect(screen.getByText(/nothing that is stored joins a voter to a choice/)).toBeVisible();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Bob' }));
    expect(screen.getByText('1 chosen, 2 at most')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Look at my vote' }));
    await userEvent.click(screen.getByRole('button', { name: 'Vote like this' }));
    expect(await screen.findByText('Your choice is not shown.')).toBeVisible();
    expect(screen.queryByText('Bob')).toBeNull();
  });

  test('that is refused says why, and can be sent again', async () => {
    const held = await show(aSitting({ openPollIds: ['poll-1'] }), [aPoll({ mine: [seat] })]);
    held.refusal = 'forbidden';
    await userEvent.click(screen.getByRole('button', { name: 'For' }));
    await userEvent.click(screen.getByRole('button', { name: 'Vote like this' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(/You can try again/);
    held.refusal = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Vote like this' }));
    expect(await screen.findByText('Your vote is recorded')).toBeVisible();
  });

  test('for somebody else says for whom', async () => {
    const register = [
      {
        seatId: 'seat-2',
        title: 'Siège 2',
        weight: 1_000,
        holderId: 'bob',
        voterId: 'ada',
        present: false,
        recused: false,
      },
    ];
    const people = [anAttendee(), anAttendee({ personId: 'bob', name: 'Bob Verdi', presence: 'out' })];
    const mine = [seat, { ...seat, seatId: 'seat-2', via: 'proxy' as const }];
    const held = await show(aSitting({ attendees: people, openPollIds: ['poll-1'] }), [aPoll({ register, mine })]);
    await userEvent.click(screen.getByRole('tab', { name: 'Bob Verdi (proxy)' }));
    expect(screen.getByText('You also vote for Bob Verdi (proxy)')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Abstain' }));
    await userEvent.click(screen.getByRole('button', { name: 'Vote like this' }));
    await waitFor(() => expect(held.ballots.map(({ seatId }) => seatId)).toEqual(['seat-2']));
  });
});

describe('[M26] a show of hands', () => {
  const byHands = aPoll({ byHands: true, secrecy: 'named-live' });
  const open = aSitting({ me: conductor, openPollIds: ['poll-1'] });

  test('is kept as it is typed, and taken up from what another page has typed', async () => {
    const held = await show(open, [byHands]);
    const yes = () => screen.getByRole('textbox', { name: 'For' });
    await userEvent.clear(yes());
    await userEvent.type(yes(), '7');
    await waitFor(() => expect(held.polls[0]?.hands).toContainEqual({ key: 'yes', count: 7 }));
    expect(await screen.findByText(/The count is saved/)).toBeVisible();
    const counts = [{ key: 'yes', count: 9 }];
    held.polls = [{ ...byHands, hands: counts }];
    await userEvent.click(screen.getByRole('button', { name: 'read again' }));
    await waitFor(() => expect(yes()).toHaveValue('9'));
    await userEvent.click(screen.getByRole('button', { name: 'Close and count' }));
    await waitFor(() => expect(held.asked).toEqual(['close counted']));
  });

  test('is closed at nought only by saying so', async () => {
    const held = await show(open, [byHands]);
    await userEvent.click(screen.getByRole('button', { name: 'Close and count' }));
    expect(await screen.findByText('Close without a single vote counted?')).toBeVisible();
    expect(held.asked).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Close at nought' }));
    await waitFor(() => expect(held.asked).toEqual(['close empty']));
  });
});

describe('the sitting', () => {
  const agenda = [anItem({ state: 'active' }), anItem({ id: 'two', number: '2', title: 'Jury' })];

  test('offers an observer nothing that would be refused', async () => {
    const me = {
      conducts: false,
      takesPart: false,
      quality: 'observer' as const,
      seatIds: [],
      presence: 'out' as const,
    };
    await show(aSitting({ agenda, me }), [aPoll({ state: 'draft' })]);
    for (const name of [
      /Open the vote/,
      /Prepare a vote/,
      /Ask to speak/,
      /I am here/,
      /Turn to item/,
      /Close the list/,
    ])
      expect(screen.queryByRole('button', { name })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Jury/ }));
    expect(await screen.findByText(/You are looking at item 2/)).toBeVisible();
  });

  test('is turned by who conducts it, by a key as well, and not while a vote is open', async () => {
    const held = await show(aSitting({ agenda, me: conductor }));
    await userEvent.keyboard('n');
    await waitFor(() => expect(held.asked).toEqual(['turn two done']));
    expect(await screen.findByRole('heading', { name: 'Jury' })).toBeVisible();
    held.meeting = aSitting({ agenda, me: conductor, openPollIds: ['poll-1'] });
    held.polls = [aPoll()];
    await userEvent.click(screen.getByRole('button', { name: 'read again' }));
    expect(await screen.findByRole('button', { name: 'Turn to item 2' })).toBeDisabled();
    await userEvent.keyboard('n');
    expect(held.asked).toHaveLength(1);
  });

  test('says to screen readers when it turns and when a vote opens', async () => {
    const held = await show(aSitting({ agenda }));
    held.meeting = aSitting({ agenda, currentItemId: 'two', openPollIds: ['poll-1'] });
    held.polls = [aPoll({ itemId: 'two' })];
    await userEvent.click(screen.getByRole('button', { name: 'read again' }));
    expect(await screen.findByText(/A vote is open: Adopter le budget/)).toHaveAttribute('role', 'status');
  });

  test('tells whoever is kept from an item that it is there, and nothing of it', async () => {
    const barred = anItem({ state: 'active', title: 'Hidden', barred: true });
    await show(aSitting({ agenda: [barred] }));
    expect(screen.getByRole('heading', { name: 'An item that is not open to you' })).toBeVisible();
    expect(screen.queryByText('Hidden')).toBeNull();
  });
});
