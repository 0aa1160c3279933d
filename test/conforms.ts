import type { ApiDocument } from '#api/reference/document.ts';

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
};
type Response = { content?: Record<string, { schema?: Schema }> };
type Given = { method: string; path: string; status: number; contentType: string; body: unknown };

/**
 * Holds an answer against the OpenAPI document: route, status, kind of content and every field; a field that the document
 * does not name is a mistake as well. Answers what does not fit. A route that the document lacks may answer problems only.
 */
export function mistakesIn(document: ApiDocument, given: Given): string[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const template = templateOf(document, given.path);
  const item =
    template === undefined
      ? undefined
      : (document.paths?.[template] as Record<string, { responses: Record<string, Response> }>);
  const responses = item?.[given.method.toLowerCase() === 'head' ? 'get' : given.method.toLowerCase()]?.responses;
  const problem: Response = {
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const response = responses ? (responses[given.status] ?? responses.default!) : problem;
  const kind = given.contentType.split(';')[0]!;
  const content = response.content ?? {};
  if (Object.keys(content).length === 0) return given.body === undefined ? [] : ['a body where none is told of'];
  if (given.body === undefined && given.status === 304) return [];
  if (!content[kind])
    return [`${given.method} ${given.path}: ${given.status} is ${kind}, told were ${Object.keys(content)}`];
  if (!/json/.test(kind)) return [];
  return mismatches(content[kind].schema ?? {}, given.body, '', schemas);
}

function templateOf(document: ApiDocument, path: string): string | undefined {
  const plain = path.split('?')[0]!;
  const templates = Object.keys(document.paths ?? {});
  if (templates.includes(plain)) return plain;
  return templates.find((template) => new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(plain));
}

function mismatches(schema: Schema, value: unknown, at: string, schemas: Record<string, Schema>): string[] {
  const inner = (part: Schema, one: unknown, name: string) => mismatches(part, one, `${at}${name}`, schemas);
  if (schema.$ref) return inner(schemas[schema.$ref.split('/').at(-1)!]!, value, '');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const tried = choices.map((choice) => inner(choice, value, ''));
    return tried.some((mistakes) => mistakes.length === 0) ? [] : tried.flat();
  }
  if (schema.allOf) return inner(together(schema.allOf, schemas), value, '');
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    return [`${at}: ${JSON.stringify(value)} is not ${types}`];
  if (value === null) return [];
  if (schema.enum && !schema.enum.includes(value))
    return [`${at}: ${JSON.stringify(value)} is not among ${schema.enum}`];
  if (schema.const !== undefined && schema.const !== value) return [`${at}: is not ${schema.const}`];
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern).test(value))
    return [`${at}: ${value}`];
  if (Array.isArray(value)) return value.flatMap((one, i) => inner(schema.items ?? {}, one, `[${i}]`));
  if (typeof value !== 'object') return [];
  const { properties = {}, required = [], additionalProperties } = schema;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      if (properties[name]) return inner(properties[name], one, `.${name}`);
      if (typeof additionalProperties === 'object') return inner(additionalProperties, one, `.${name}`);
      return Object.keys(properties).length > 0 ? [`${at}.${name} is not told of`] : [];
    }),
  ];
}

// A schema that extends another comes as both: each alone would not know the fields of the other.
function together(parts: Schema[], schemas: Record<string, Schema>): Schema {
  const plain = parts.map((part) => (part.$ref ? schemas[part.$ref.split('/').at(-1)!]! : part));
  const whole = plain.map((part) => (part.allOf ? together(part.allOf, schemas) : part));
  return {
    ...Object.assign({}, ...whole),
    properties: Object.assign({}, ...whole.map(({ properties }) => properties)),
    required: whole.flatMap(({ required = [] }) => required),
  };
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
