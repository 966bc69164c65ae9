import { startApp, type TestApp, type TestPerson } from './harness.ts';

export const inHours = (hours: number): string => new Date(Date.now() + hours * 3600_000).toISOString();

type NewMeeting = Partial<Parameters<TestPerson['api']['meetings']['create']>[0]>;
type NewBody = Partial<Parameters<TestPerson['api']['governance']['create']>[0]>;

/** A running product with the people of a board, and ways to have them meet. */
export async function startBoard(options: Parameters<typeof startApp>[0] = {}) {
  const app: TestApp = await startApp(options);
  const [office, chair, ada, bob, cleo] = await Promise.all([
    app.as('office', { platformRole: 'secretariat' }),
    ...(['chair', 'ada', 'bob', 'cleo'] as const).map((name) => app.as(name)),
  ]);
  if (!office || !chair || !ada || !bob || !cleo) throw new Error('somebody is missing');

  /** A body with a chair and three members (or these), in seats of one vote. */
  const aBody = async (over: NewBody = {}, members: readonly TestPerson[] = [ada, bob, cleo]) => {
    const { governance } = office.api;
    const body = await governance.create({ name: `Board ${Math.random()}`, kind: 'board', ...over });
    const seats = new Map<string, string>();
    for (const [n, person] of [chair, ...members].entries()) {
      const seat = await governance.addSeat({ id: body.id, title: `Seat ${n + 1}` });
      const role = n === 0 ? 'chair' : 'member';
      await governance.giveMandate({ id: body.id, personId: person.id, role, seatId: seat.id });
      seats.set(person.id, seat.id);
    }
    return { body, seatOf: (person: TestPerson) => seats.get(person.id) ?? '' };
  };

  /** A meeting of it that was convened, with two items. */
  const aMeeting = async (over: NewMeeting = {}, members?: readonly TestPerson[]) => {
    const { body, seatOf } = await aBody({}, members);
    const { meetings } = chair.api;
    const { id } = await meetings.create({
      ...{ bodyId: body.id, title: 'January', mode: 'hybrid', timeZone: 'Europe/Paris' },
      ...{ startAt: inHours(1), endAt: inHours(3) },
      ...over,
    });
    await meetings.addItem({ id, title: 'Opening', plannedSec: 300 });
    await meetings.addItem({ id, title: 'The budget', kind: 'decision', plannedSec: 1_800 });
    const meeting = await meetings.convene({ id, urgency: 'The call closes on Friday' });
    const [first, second] = meeting.agenda;
    if (first === undefined || second === undefined) throw new Error('no items');
    return { body, seatOf, meeting, id, first, second };
  };

  /** The same in session on its second item, with these people there. */
  const inSession = async (
    people: readonly TestPerson[] = [chair, ada, bob, cleo],
    members?: readonly TestPerson[],
  ) => {
    const made = await aMeeting({}, members);
    const { meetings } = chair.api;
    await meetings.open({ id: made.id });
    for (const person of people) await person.api.meetings.attend({ id: made.id, what: 'in' });
    await meetings.turnTo({ id: made.id, itemId: made.second.id });
    return made;
  };
  return { app, office, chair, ada, bob, cleo, aBody, aMeeting, inSession };
}
export type Board = Awaited<ReturnType<typeof startBoard>>;
