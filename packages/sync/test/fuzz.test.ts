import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { FuzzWorld, wholeNumbers } from './fuzz-world.ts';

let world: FuzzWorld;
beforeEach(() => {
  // The stock client says so whenever a right is gone.
  jest.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(async () => {
  jest.restoreAllMocks();
  await world.close();
});

const rounds = Number(process.env.FUZZ_ROUNDS ?? 1);
const first = Date.now() % 1_000_000;
const seeds = process.env.SEED?.split(',').map(Number) ?? [
  1,
  2,
  ...Array.from({ length: rounds }, (_, i) => first + i),
];
const modes = ['work', 'fail', 'work', 'lose-answer'] as const;
const weathers = ['fine', 'lossy', 'doubling', 'shuffling', 'away'] as const;
const names = ['ada', 'bob', 'carol', 'ada'];

/** `SEED=1,2` repeats runs, `FUZZ_ROUNDS=100` makes many. */
test.each(seeds.flatMap((seed) => [[1, seed] as const, [2, seed] as const]))(
  '[S1] [S3] [S6] [S13] [S34] [S44] [S48] on %d instance(s) nobody loses what was called saved, or sees what is not durable or not for them (seed %d)',
  async (instances, seed) => {
    const random = wholeNumbers(seed);
    world = new FuzzWorld(random);
    await world.open(instances, names);
    const { store, hub, people } = world;
    type Act = (person: (typeof people)[number]) => unknown;
    const writes: Act[] = [
      ({ client: { text } }) => text.insert(random(text.length + 1), `${random(1_000)} `),
      ({ client: { text } }) => text.length > 0 && text.delete(random(text.length), 1),
      ({ client: { text } }) =>
        text.length > 3 && text.format(random(text.length - 2), 2, { bold: random(2) === 0 || null }),
      ({ client: { doc } }) => doc.getMap('fields').set(`field ${random(3)}`, random(100)),
      ({ client: { text } }) => text.delete(0, text.length >> (1 + random(4))),
      ({ undo }) => undo.undo(),
      ({ undo }) => undo.redo(),
    ];
    const acts: Act[] = [
      ...Array.from(
        { length: 12 },
        (): Act => (person) => person.role === 'write' && writes[random(writes.length)]?.(person),
      ),
      ({ client }) => client.provider.disconnect(),
      ({ client, role }) => role !== 'none' && client.provider.connect(),
      ({ client, role }) => role !== 'none' && client.provider.connect(),
      ({ client }) => client.provider.awareness.setLocalState({ cursor: random(100) }),
      (person) => world.reload(person, random(instances), random(2) === 0),
      ({ name }) => world.setRole(name, (['write', 'read', 'none', 'write'] as const)[random(4)] ?? 'write'),
      () => {
        store.mode = modes[random(modes.length)] ?? 'work';
      },
      () => {
        hub.weather = weathers[random(weathers.length)] ?? 'fine';
      },
      () => random(3) === 0 && world.kill(random(instances)),
    ];
    for (let step = 0; step < 250; step++) {
      const person = people[random(people.length)];
      if (person) await acts[random(acts.length)]?.(person);
      if (random(4) === 0) await new Promise((resolve) => setTimeout(resolve, random(4)));
    }
    await world.calm();
    await world.expectAgreement(`seed ${seed}`);
    expect(store.durable.size).toBeGreaterThan(0);
  },
  60_000,
);
