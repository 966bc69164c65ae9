import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { TestApp, TestPerson } from './harness.ts';

export type Cast = {
  readonly workspaceId: string;
  readonly owner: TestPerson;
  readonly editor: TestPerson;
  readonly commenter: TestPerson;
  readonly viewer: TestPerson;
  /** Owner of a workspace of their own, stranger to this one. */
  readonly outsider: TestPerson;
  readonly foreignWorkspaceId: string;
};

let casts = 0;

/** One workspace with somebody in every role, and somebody else with another workspace. */
export async function castOf(app: TestApp): Promise<Cast> {
  casts += 1;
  const names = ['owner', 'editor', 'commenter', 'viewer', 'outsider'].map((name) => `${name}${casts}`);
  const [owner, editor, commenter, viewer, outsider] = await Promise.all(names.map((name) => app.as(name)));
  if (!owner || !editor || !commenter || !viewer || !outsider) throw new Error('somebody is missing');
  const { id: workspaceId } = await owner.api.workspaces.create({ name: `Workspace ${casts}` });
  const others: readonly (readonly [TestPerson, WorkspaceRole])[] = [
    [editor, 'editor'],
    [commenter, 'commenter'],
    [viewer, 'viewer'],
  ];
  for (const [{ email }, role] of others) await owner.api.workspaces.addMember({ id: workspaceId, email, role });
  const { id: foreignWorkspaceId } = await outsider.api.workspaces.create({ name: `Foreign ${casts}` });
  return { workspaceId, owner, editor, commenter, viewer, outsider, foreignWorkspaceId };
}
