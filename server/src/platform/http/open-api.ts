import type { AnyRouter } from '@orpc/server';
import { traverseContractProcedures } from '@orpc/server';
import type { RequestHandler } from 'express';
import type { Auth } from '../auth/auth.ts';

/** Every route that is mounted, as `METHOD /path` below `/api`: read from the router itself, not from a description. */
export function routeNames(router: AnyRouter, auth: Pick<Auth, 'routes'>): readonly string[] {
  const names: string[] = [];
  traverseContractProcedures({ router, path: [] }, ({ contract }) => {
    const { method = 'POST', path = '' } = contract['~orpc'].route;
    names.push(`${method} ${path}`);
  });
  return [...names, ...auth.routes];
}

/** `GET /api/openapi.json`: OpenAPI 3.1 of every route, the authentication ones included. Made once, on first request. */
export function openApiRoute(router: AnyRouter, auth: Auth): RequestHandler {
  const generate = async () => {
    const [{ OpenAPIGenerator }, { ZodToJsonSchemaConverter }] = await Promise.all([
      import('@orpc/openapi'),
      import('@orpc/zod/zod4'),
    ]);
    const own = await new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(router, {
      info: {
        title: 'Concert',
        version: '0.1.0',
        description: 'Governance and co-editing for innovative public procurement',
      },
      servers: [{ url: '/api' }],
    });
    const authentication = await auth.openApi();
    return {
      ...own,
      paths: { ...own.paths, ...authentication.paths },
      components: { ...own.components, ...authentication.components },
    };
  };
  let document: ReturnType<typeof generate> | undefined;
  return async (_request, response) => {
    document ??= generate();
    response.json(await document);
  };
}
