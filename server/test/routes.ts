import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** As much of an OpenAPI document as is needed to call what it describes. */
const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  minItems: z.number().optional(),
  minimum: z.number().optional(),
  items: z.unknown().optional(),
  required: z.array(z.string()).optional(),
});
type Schema = z.infer<typeof Schema>;

const Operation = z.looseObject({
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().optional(),
        schema: Schema,
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: Schema })) }).optional(),
});

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const Document = z.looseObject({
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), Operation)),
});

/** One route of the running server. */
export type Route = {
  readonly method: string;
  /** Below `/api`, with its parameters in braces. */
  readonly path: string;
  readonly name: string;
  readonly pathParameters: readonly string[];
  readonly query: readonly string[];
  /** Those of the query without which nothing is answered. */
  readonly requiredQuery: readonly string[];
  readonly body: Readonly<Record<string, Schema>> | undefined;
  readonly upload: boolean;
};

/** Every route that the server says it has. */
export async function routesOf(url: string): Promise<Route[]> {
  const { paths } = Document.parse(await (await fetch(`${url}/api/openapi.json`)).json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      if (operation === undefined) return [];
      const named = (where: 'path' | 'query') =>
        operation.parameters.filter((parameter) => parameter.in === where).map(({ name }) => name);
      const content = operation.requestBody?.content ?? {};
      const properties = Object.values(content)[0]?.schema.properties;
      return {
        method: method.toUpperCase(),
        path,
        name: `${method.toUpperCase()} ${path}`,
        pathParameters: named('path'),
        query: named('query'),
        requiredQuery: operation.parameters
          .filter((parameter) => parameter.in === 'query' && parameter.required)
          .map(({ name }) => name),
        body:
          properties &&
          Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, Schema.parse(value)])),
        upload: 'multipart/form-data' in content,
      };
    }),
  );
}

/** A value that a schema accepts. Names that mean something have values of their own in `known`. */
export function sample(name: string, schema: Schema, known: Readonly<Record<string, unknown>>): unknown {
  if (name in known) return known[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sample(name, Schema.parse(schema.anyOf[0]), known);
  if (schema.oneOf !== undefined) return sample(name, Schema.parse(schema.oneOf[0]), known);
  if (schema.type === 'object') return sampleObject(schema, known);
  if (schema.type === 'array') return schema.minItems ? [sample(name, Schema.parse(schema.items ?? {}), known)] : [];
  if (schema.format === 'email') return 'sample@test.example';
  if (schema.format === 'uri') return 'https://sample.example/';
  if (schema.format === 'date') return '2099-01-01';
  if (schema.format === 'date-time') return '2099-01-01T00:00:00.000Z';
  if (schema.pattern?.includes('{43}')) return 'x'.repeat(43);
  if (schema.pattern?.includes('{8,64}')) return randomUUID();
  if (schema.pattern?.includes('0-9a-f]{64}')) return '0'.repeat(64);
  if (schema.pattern?.includes('0-9a-f]{6}')) return '#123456';
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  return 'sample'.padEnd(schema.minLength ?? 0, 'x');
}

/** What an object must at least hold. */
const sampleObject = (schema: Schema, known: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(
    (schema.required ?? []).map((key) => [key, sample(key, Schema.parse(schema.properties?.[key] ?? {}), known)]),
  );
