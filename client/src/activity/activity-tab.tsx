import type { WorkspacePartProps } from '../platform/module.ts';
import { ActivityList } from './parts/activity-list.tsx';

/** What people did in a workspace and its documents. */
export function ActivityTab({ workspace }: WorkspacePartProps) {
  return <ActivityList scope={{ workspaceId: workspace.id }} within={workspace.name} />;
}
