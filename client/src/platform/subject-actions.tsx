import type { SubjectProps } from './module.ts';
import { useModules } from './modules-context.tsx';

/** What every slice adds beside the title of a workspace, a document or a discussion. */
export function SubjectActions(subject: SubjectProps) {
  const modules = useModules();
  return modules.map(({ name, SubjectActions: Part }) => Part && <Part key={name} {...subject} />);
}
