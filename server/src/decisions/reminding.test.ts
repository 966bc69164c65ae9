import { dayOf, daysAfter } from '@concert/domain/decisions/numbers.ts';
import { expect, test } from '@jest/globals';
import { type TestPerson, until } from '../../test/harness.ts';
import { startMailbox } from '../../test/mailbox.ts';
import { startBoard } from '../../test/meetings.ts';

test('[R11] [AI6] [N17] owners are reminded before and after the day, and those who act for a body of a review, once each, in the inbox and by one letter', async () => {
  const mailbox = await startMailbox();
  const board = await startBoard({ env: { SMTP_URL: mailbox.url } });
  const { app, chair, ada, bob, aBody } = board;
  try {
    for (const who of [chair, ada, bob])
      await who.api.notifications.setPreferences({ quiet: null, mail: { action: 'off', decided: 'off' } });
    const { body } = await aBody();
    const today = dayOf(new Date());
    const give = (title: string, dueOn: string) =>
      chair.api.actions.create({ bodyId: body.id, title, ownerId: ada.id, dueOn });
    const soon = await give('Book the rooms', daysAfter(today, 3));
    const late = await give('Write the letters', daysAfter(today, -1));
    await give('Much later', daysAfter(today, 30));
    const done = await give('Done in time', daysAfter(today, -1));
    await ada.api.actions.move({ id: done.id, to: 'done' });
    const terms = { bodyId: body.id, text: 'On Tuesdays.', basis: 'consensus' as const };
    const due = await chair.api.decisions.create({ ...terms, title: 'The calendar', reviewOn: today });
    const { number = '' } = await chair.api.decisions.adopt({ id: due.id });
    const annulled = await chair.api.decisions.create({ ...terms, title: 'Without effect', reviewOn: today });
    await chair.api.decisions.adopt({ id: annulled.id });
    await chair.api.decisions.annul({ id: annulled.id, reason: 'no' });
    await chair.api.decisions.create({ ...terms, title: 'Only a draft', reviewOn: today });
    expect((await chair.api.decisions.get({ id: due.id })).reviewDue).toBe(true);

    // It looks when it starts, and every hour.
    await app.restart();
    const told = (email: string) => mailbox.to(email).map(({ plain }) => plain);
    const reminders = async (who: TestPerson) =>
      (await app.visit(who).api.notifications.list({ limit: 100 })).items.flatMap(({ subject, events }) =>
        events.flatMap(({ reason, day, by }) => (day && !by ? [`${reason} ${subject.title} ${day}`] : [])),
      );
    await until('letters', () => told(ada.email).length >= 2 && told(chair.email).length > 0);
    expect(new Set(await reminders(ada))).toEqual(
      new Set([
        `action-soon Book the rooms ${daysAfter(today, 3)}`,
        `action-late Write the letters ${daysAfter(today, -1)}`,
      ]),
    );
    expect(await reminders(chair)).toEqual([`decision-review ${number} · The calendar ${today}`]);
    await app.restart();
    const again = app.visit(chair);
    await again.api.actions.update({ id: soon.id, dueOn: daysAfter(today, 2) });
    await until('the old day reminds no more', async () => (await reminders(ada)).length === 1);
    await app.restart();
    await until('another day is another reminder', () => told(ada.email).length >= 3);
    // What is done reminds no more; taken up again, it reminds in the inbox, and no letter goes twice.
    await app.visit(ada).api.actions.move({ id: late.id, to: 'done' });
    await until('it is done', async () => (await reminders(ada)).length === 1);
    await app.visit(ada).api.actions.move({ id: late.id, to: 'open' });
    await app.restart();
    await until('it reminds again', async () => (await reminders(ada)).length === 2);
    const letters = told(ada.email).join('\n');
    expect(told(ada.email).length).toBe(3);
    expect(letters.split('Book the rooms').length - 1).toBeGreaterThanOrEqual(2);
    expect(letters).toContain('Write the letters');
    for (const other of ['Much later', 'Done in time']) expect(letters).not.toContain(other);
    const [review] = told(chair.email);
    expect(told(chair.email).length).toBe(1);
    expect(review).toContain(number);
    expect(review).toContain('The calendar');
    expect(review).toContain(`/decisions/${due.id}`);
    expect(told(bob.email)).toEqual([]);
  } finally {
    await app.stop();
    await mailbox.stop();
  }
});
