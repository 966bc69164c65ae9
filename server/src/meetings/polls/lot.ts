import { randomInt } from 'node:crypto';

/** An order drawn by lot: each is as likely as any other (Fisher and Yates), and nobody can foretell it. */
export function drawn(ids: readonly string[]): readonly string[] {
  const order = [...ids];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const [one, two] = [order[last], order[other]];
    if (one === undefined || two === undefined) continue;
    order[last] = two;
    order[other] = one;
  }
  return order;
}
