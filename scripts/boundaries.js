// Dependency directions of docs/architecture.md, as data: an import that is not in the table fails the lint.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { root } from './setup.js';

const NONE = [];
/** Which of our own packages each part may import. */
const PACKAGES = {
  'packages/contract': NONE,
  'packages/domain': ['contract'],
  'packages/editor': NONE,
  'packages/sync': NONE,
  'packages/embedded-mongo': NONE,
  'server/src/platform': ['contract', 'domain', 'sync', 'embedded-mongo'],
  'server/src': ['contract', 'domain', 'editor', 'sync', 'embedded-mongo'],
  'client/src/platform': ['contract', 'domain', 'editor', 'sync'],
  'client/src': ['contract', 'domain', 'editor'],
};

/** Folders below `src` whose files may be imported by every slice beside them. */
const SHARED = {
  server: ['platform'],
  client: ['platform', 'ui'],
  domain: ['fields', 'access', 'codes', 'polls', 'governance'],
};
/** The tables of contents: the only files that name slices. */
const COMPOSERS = new Set([
  'server/src/modules.ts',
  'server/src/app.ts',
  'server/src/main.ts',
  'client/src/modules.ts',
  'client/src/main.tsx',
  'packages/domain/src/api.ts',
  'packages/domain/src/kinds.ts',
]);

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const importsOf = (text) => [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
const isTest = (path) => /\.test\.tsx?$/.test(path) || /\/(test|e2e|bench)\//.test(path);

/** `server/src/needs/routes.ts` → part `server`, slice `needs`. */
const placeOf = (path) => {
  const match = /^(server|client|packages\/([a-z-]+))\/src\/([^/]+)\/.+/.exec(path);
  return match ? { part: match[2] ?? match[1], slice: match[3] } : undefined;
};

function packageFault(path, specifier) {
  const match = /^@concert\/([a-z-]+)/.exec(specifier);
  if (!match) return undefined;
  const part = Object.keys(PACKAGES).find((prefix) => path.startsWith(`${prefix}/`));
  if (part === undefined || PACKAGES[part].includes(match[1]) || part === `packages/${match[1]}`) return undefined;
  return `${part} may not import @concert/${match[1]}`;
}

function sliceFault(path, specifier) {
  if (!specifier.startsWith('.') || COMPOSERS.has(path)) return undefined;
  const target = relative(root, resolve(root, dirname(path), specifier))
    .split(sep)
    .join('/');
  const [from, to] = [placeOf(path), placeOf(target)];
  if (!from || !to || from.part !== to.part || from.slice === to.slice) return undefined;
  const shared = SHARED[from.part];
  if (!shared) return undefined;
  if (shared.includes(from.slice) && !shared.includes(to.slice))
    return `${from.slice} is shared and may not know the slice ${to.slice}`;
  if (!shared.includes(to.slice) && !(from.part === 'server' && from.slice === 'seed'))
    return `slice ${from.slice} may not import slice ${to.slice}`;
  return undefined;
}

const faults = [];
let read = 0;
for (const top of ['server/src', 'client/src', 'packages'])
  for (const file of sources(join(root, top))) {
    const path = relative(root, file).split(sep).join('/');
    if (isTest(path)) continue;
    read += 1;
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      const fault = packageFault(path, specifier) ?? sliceFault(path, specifier);
      if (fault) faults.push(`${path}: ${fault} (${specifier})`);
    }
  }
for (const fault of faults) console.error(fault);
console.log(`boundaries: ${read} files read, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
