import type { ApiDocument } from '#api/reference/document.ts';

type Schema = {
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};
type Operation = { responses: Record<string, { content?: Record<string, { schema?: Schema }> }> };
type See = (field: string, value: unknown) => void;

/** Every field of the answers that a document tells of, as "Schema.part.of.it". */
export function declaredFields(document: ApiDocument): string[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const found = new Set<string>();
  const entered = new Set<string>();
  const walk = (schema: Schema, at: string): void => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined && entered.has(name)) return;
    if (name !== undefined) entered.add(name);
    for (const [next, inner] of partsOf(schemas, schema, at)) walk(inner, next);
    for (const property of Object.keys(schema.properties ?? {})) found.add(`${at}.${property}`);
  };
  for (const item of Object.values(document.paths ?? {}))
    for (const { responses } of Object.values(item as Record<string, Operation>))
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const { schema } of Object.values(content)) if (status.startsWith('2') && schema) walk(schema, '');
  return [...found].filter((field) => !field.startsWith('.')).sort();
}

/** Shows each field of an answer with what it holds, by the schema it stands in. */
export function tellFields(document: ApiDocument, template: string, method: string, answer: unknown, see: See): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const item = (document.paths?.[template] ?? {}) as Record<string, Operation>;
  const responses = item[method.toLowerCase()]?.responses ?? {};
  const walk = (schema: Schema, value: unknown, at: string): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value) && schema.items) {
      for (const one of value) walk(schema.items, one, at);
      return;
    }
    if (typeof value !== 'object') return;
    for (const [property, inner] of Object.entries(schema.properties ?? {})) {
      const held = (value as Record<string, unknown>)[property];
      if (at !== '') see(`${at}.${property}`, held);
      walk(inner, held, `${at}.${property}`);
    }
    for (const [next, inner] of partsOf(schemas, { ...schema, properties: {}, items: undefined as never }, at))
      walk(inner, value, next);
  };
  for (const [status, { content = {} }] of Object.entries(responses))
    for (const { schema } of Object.values(content)) if (status.startsWith('2') && schema) walk(schema, answer, '');
}

/** What a schema is made of, each with where it stands. What a named schema extends stands in it. */
function partsOf(schemas: Record<string, Schema>, schema: Schema, at: string): [string, Schema][] {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return [[name, schemas[name]!]];
  const isWhole = at in schemas;
  const extended = (schema.allOf ?? []).map((part): [string, Schema] => {
    const of = part.$ref?.split('/').at(-1);
    return isWhole && of !== undefined ? [at, schemas[of]!] : [at, part];
  });
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one): [string, Schema] => [at, one]);
  const properties = Object.entries(schema.properties ?? {}).map(([key, one]): [string, Schema] => [
    `${at}.${key}`,
    one,
  ]);
  const items: [string, Schema][] = schema.items ? [[at, schema.items]] : [];
  return [...extended, ...choices, ...properties, ...items];
}
