import type { Seat } from '@concert/domain/governance/api.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { Colleges } from './colleges.tsx';
import type { SeatTask } from './seat-tasks.tsx';
import { byCollege } from './seating.ts';

const ada = { mandateId: 'm-ada', personId: 'ada', name: 'Ada Martin', color: '#0b6b68' };
const bob = { mandateId: 'm-bob', personId: 'bob', name: 'Bob Durand', color: '#b45309' };
const aSeat = (over: Partial<Seat>): Seat => ({
  id: 'seat',
  title: 'Region, procurement',
  voting: true,
  weight: 1_000,
  since: '2026-01-01T00:00:00.000Z',
  alternates: [],
  ...over,
});

let region: Region;
let view: ReturnType<typeof showPart>;
let tasks: SeatTask[];

const show = async (seats: readonly Seat[], manages: boolean) => {
  const onTask = manages ? (task: SeatTask) => void tasks.push(task) : undefined;
  view = showPart(<Colleges colleges={byCollege(seats)} past={false} onTask={onTask} />, { origin: region.origin });
  await screen.findAllByRole('list');
};

beforeEach(async () => {
  tasks = [];
  region = await startRegion({});
});
afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('the seats of a body', () => {
  test('stand under their college, with their holder, alternates in order, and what sets them apart', async () => {
    const alternates = [{ ...bob, rank: 1 }];
    await show(
      [
        aSeat({ id: '1', college: 'Buyers', weight: 2_500, holder: { ...ada, role: 'chair' }, alternates }),
        aSeat({ id: '2', title: 'SMEs', voting: false }),
      ],
      false,
    );
    const buyers = screen.getByRole('region', { name: 'Buyers' });
    expect(buyers).toHaveTextContent('1 seat · 2.5 votes');
    expect(within(buyers).getByText('Ada Martin')).toBeVisible();
    expect(within(buyers).getByRole('list', { name: /Alternates of the seat/ })).toHaveTextContent('Bob Durand');
    const rest = screen.getByRole('region', { name: 'In no college' });
    expect(rest).toHaveTextContent('No vote');
    expect(rest).toHaveTextContent('Vacant');
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('who keeps the body fills a vacant seat from the seat itself', async () => {
    const seat = aSeat({});
    await show([seat], true);
    await userEvent.click(screen.getByRole('button', { name: 'Fill the seat “Region, procurement”' }));
    expect(tasks).toEqual([{ kind: 'fill', seat }]);
  });

  test('[G8] a seat in which somebody sits is not offered to be abolished', async () => {
    await show([aSeat({ holder: { ...ada, role: 'member' } })], true);
    await userEvent.click(screen.getByRole('button', { name: 'Actions on the seat “Region, procurement”' }));
    expect(await screen.findByRole('menuitem', { name: /^Abolish/ })).toBeDisabled();
    await userEvent.click(screen.getByRole('menuitem', { name: 'End the mandate of Ada Martin' }));
    expect(tasks).toEqual([{ kind: 'end', mandateId: 'm-ada', name: 'Ada Martin' }]);
  });
});
