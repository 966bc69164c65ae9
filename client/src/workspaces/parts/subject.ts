import type { Workspace } from '@concert/domain/workspaces/api.ts';
import type { Subject } from '../../platform/sharing/subject.ts';

/** The workspace as something that is shared. */
export const subjectOf = ({ id, role, state }: Workspace): Subject => ({
  kind: 'workspace',
  id,
  owned: role === 'owner',
  open: state === 'active',
});
