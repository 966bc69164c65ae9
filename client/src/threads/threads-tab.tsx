import type { WorkspacePartProps } from '../platform/module.ts';
import { useMe } from '../platform/session.tsx';
import { ThreadList } from './parts/thread-list.tsx';

/** The discussions of a workspace, those about its documents among them. */
export function ThreadsTab({ workspace }: WorkspacePartProps) {
  const { platformRole } = useMe();
  const mayOpen = workspace.state === 'active';
  return (
    <ThreadList
      place={{ kind: 'workspace', id: workspace.id }}
      mayOpen={mayOpen}
      staff={platformRole !== 'guest'}
      showsSubject="document"
    />
  );
}
