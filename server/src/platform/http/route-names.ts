type Pattern = { readonly name: string; readonly parts: readonly string[] };

const isParameter = (part: string): boolean => part.startsWith('{');

/** Of two patterns for one path, the one with the later parameter is the more exact. */
const moreExact = (a: Pattern, b: Pattern): number => {
  const place = a.parts.findIndex((part, at) => isParameter(part) !== isParameter(b.parts[at] ?? ''));
  return place === -1 ? 0 : isParameter(a.parts[place] ?? '') ? 1 : -1;
};

/** Names of what is served outside `/api`. */
const OTHERS: Readonly<Record<string, string>> = {
  '/healthz': '/healthz',
  '/readyz': '/readyz',
  '/metrics': '/metrics',
  '/api/openapi.json': '/api/openapi.json',
};

/** The name of what a request is for, from a closed list: `/api/documents/{id}`, `page`, `asset`, `none`. */
export type RouteOf = (request: { readonly method?: string | undefined; readonly url?: string | undefined }) => string;

/**
 * Names requests for logs and measurements by the pattern of their route. Never by their address: that holds ids, and
 * the secrets of invitations and mailed links.
 * @param routes every route as `METHOD /path` below `/api`
 */
export function routeNamer(routes: readonly string[]): RouteOf {
  const patterns = new Map<string, Pattern[]>();
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const parts = path.split('/');
    const key = `${method} ${parts.length}`;
    patterns.set(key, [...(patterns.get(key) ?? []), { name: `/api${path}`, parts }]);
  }
  for (const list of patterns.values()) list.sort(moreExact);
  return ({ method = '', url = '' }) => {
    const path = url.split('?', 1)[0] ?? '';
    const other = OTHERS[path];
    if (other !== undefined) return other;
    if (path.startsWith('/assets/')) return 'asset';
    if (!path.startsWith('/api/')) return method === 'GET' || method === 'HEAD' ? 'page' : 'none';
    const parts = path.slice(4).split('/');
    const fits = ({ parts: wanted }: Pattern): boolean =>
      wanted.every((part, at) => (isParameter(part) ? parts[at] !== '' : part === parts[at]));
    const candidates = patterns.get(`${method === 'HEAD' ? 'GET' : method} ${parts.length}`);
    return candidates?.find(fits)?.name ?? 'none';
  };
}
