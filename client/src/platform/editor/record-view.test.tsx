import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { IconGavel } from '@tabler/icons-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Region, startRegion } from '../../../test/region.ts';
import { aRecord } from '../../../test/shared-text.ts';
import { showPart } from '../../../test/show.tsx';
import { RequestError } from '../query.ts';
import { type RecordSource, RecordSourceProvider } from './record-source.ts';
import { RenderedText } from './rendered-text.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;
beforeEach(async () => {
  region = await startRegion();
});
afterEach(async () => {
  view.stop();
  await region.stop();
});

const BODY = { type: 'doc', content: [aRecord('decision'), aRecord('action'), aRecord('whatever')] };

const SOURCE: RecordSource = {
  state: 'read',
  words: ({ part }) => {
    if (part === 'decision')
      return {
        icon: IconGavel,
        caption: 'Decision 7',
        lines: [{ label: 'Result', text: 'Adopted' }, { text: 'The study is paid.' }],
        table: { header: ['Choice', 'Votes'], rows: [['For', '4']] },
      };
    return part === 'action' ? { icon: IconGavel, caption: 'Ask the town', lines: [], done: false } : null;
  },
  mayTick: () => true,
  tick: () => Promise.resolve(),
};

const heading = (text: string) => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] });

const show = (over: Partial<RecordSource> = {}, body: Readonly<Record<string, unknown>> = BODY): void => {
  view = showPart(
    <RecordSourceProvider value={{ ...SOURCE, ...over }}>
      <RenderedText kind="minutes" body={body} />
    </RecordSourceProvider>,
    { origin: region.origin },
  );
};

const tick = () => screen.findByRole('checkbox', { name: 'Done: Ask the town' });

describe('a block that the platform writes', () => {
  test('says its caption, its lines and its table; one that is not told says so', async () => {
    show();
    const decision = await screen.findByRole('group', { name: 'Decision 7' });
    expect(decision).toHaveTextContent('Result Adopted The study is paid.');
    expect(screen.getByRole('columnheader', { name: 'Votes' })).toBeVisible();
    expect(screen.getByText(/not shown to you, or is no longer there/)).toBeVisible();
    expect(decision).toHaveTextContent('Written by the platform; it cannot be changed here.');
  });

  test('does not repeat what the heading right above it says', async () => {
    const content = [heading('Decision 7'), aRecord('decision'), heading('Something else'), aRecord('action')];
    show({}, { type: 'doc', content });
    const decision = await screen.findByRole('group', { name: 'Decision 7' });
    expect(decision).not.toHaveTextContent('Decision 7');
    expect(decision).toHaveTextContent('Result Adopted');
    expect(screen.getByRole('group', { name: 'Ask the town' })).toHaveTextContent('Ask the town');
  });

  test('is ticked at once, and says in its place when that was refused', async () => {
    let settle: { readonly refuse: () => void } | undefined;
    const asked: boolean[] = [];
    show({
      tick: (_, done) => {
        asked.push(done);
        const problem = { code: 'FORBIDDEN', reason: 'forbidden', status: 403, detail: {} };
        return new Promise((_resolve, reject) => {
          settle = { refuse: () => reject(new RequestError(problem)) };
        });
      },
    });
    await userEvent.click(await tick());
    expect(asked).toEqual([true]);
    expect(await tick()).toBeChecked();
    settle?.refuse();
    expect(await screen.findByRole('alert')).toBeVisible();
    await waitFor(async () => expect(await tick()).not.toBeChecked());
  });

  test('cannot be ticked by who may not', async () => {
    show({ mayTick: () => false });
    expect(await tick()).toBeDisabled();
  });
});
