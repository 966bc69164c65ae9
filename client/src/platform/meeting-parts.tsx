import type { MeetingPartProps } from './module.ts';
import { useModules } from './modules-context.tsx';

/** What every slice adds below the plan of a meeting. */
export function MeetingParts(meeting: MeetingPartProps) {
  const modules = useModules();
  return modules.map(({ name, MeetingParts: Part }) => Part && <Part key={name} {...meeting} />);
}
