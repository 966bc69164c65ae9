import { SERVER_EVENTS } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { modules } from '../modules.ts';
import { staleAfter } from './live.tsx';
import { orpc } from './query.ts';

const all = Object.values(modules);
const event = { workspaceId: 'mobility', documentId: 'stretchers' };

/** Whether a cached answer is read again after an event. */
async function goesStale(queryKey: readonly unknown[], name: (typeof SERVER_EVENTS)[number]): Promise<boolean> {
  const queries = new QueryClient();
  queries.setQueryData(queryKey, {});
  for (const key of staleAfter(all, name, event)) await queries.invalidateQueries({ queryKey: key });
  const { isInvalidated } = queries.getQueryState(queryKey) ?? {};
  queries.clear();
  return isInvalidated === true;
}

const { queryKey: members } = orpc.workspaces.members.infiniteOptions({
  input: () => ({ id: 'mobility', limit: 200 }),
  initialPageParam: undefined,
  getNextPageParam: () => undefined,
});
const { queryKey: workspace } = orpc.workspaces.get.queryOptions({ input: { id: 'mobility' } });
const { queryKey: other } = orpc.workspaces.get.queryOptions({ input: { id: 'energy' } });
const { queryKey: tokens } = orpc.accounts.tokens.queryOptions({ input: {} });

describe('a live event', () => {
  test('about a workspace makes its card, its members and the people page stale', async () => {
    expect(await goesStale(members, 'workspace.changed')).toBe(true);
    expect(await goesStale(workspace, 'workspace.changed')).toBe(true);
    expect(await goesStale(orpc.accounts.people.key(), 'workspace.changed')).toBe(true);
  });

  test('about a document makes the counts of its workspace stale, and no other’s', async () => {
    expect(await goesStale(workspace, 'document.changed')).toBe(true);
    expect(await goesStale(other, 'document.changed')).toBe(false);
  });

  test('leaves alone what it is not about', async () => {
    for (const name of SERVER_EVENTS) expect(await goesStale(tokens, name)).toBe(false);
  });
});
