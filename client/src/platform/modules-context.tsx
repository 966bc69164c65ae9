import { createContext, type ReactNode, use } from 'react';
import type { ClientModule } from './module.ts';

const Modules = createContext<readonly ClientModule[]>([]);

/** Hands the table of contents to the pages that show what every slice contributes. */
export function ModulesProvider({ modules, children }: { modules: readonly ClientModule[]; children: ReactNode }) {
  return <Modules value={modules}>{children}</Modules>;
}

/** Every slice of the client, in the order of `modules.ts`. */
export const useModules = (): readonly ClientModule[] => use(Modules);
