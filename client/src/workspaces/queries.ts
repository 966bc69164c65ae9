import type { Workspace } from '@concert/domain/workspaces/api.ts';
import { useQuery } from '@tanstack/react-query';
import { compareNames } from '../platform/format.ts';
import { useLocale } from '../platform/i18n.ts';
import { orpc } from '../platform/query.ts';

/** All my workspaces, by name; a person is a member of dozens at most, so one page holds them. */
export function useMyWorkspaces() {
  const locale = useLocale();
  const query = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200 } }));
  const all = (query.data?.items ?? []).toSorted((a, b) => compareNames(locale, a.name, b.name));
  const inState = (state: Workspace['state']) => all.filter((workspace) => workspace.state === state);
  return { query, active: inState('active'), archived: inState('archived') };
}
