import { html } from 'hono/html';
import type { Language } from '#api/language.ts';
import type { ApiDocument } from './document.ts';

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  default?: unknown;
};
type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
type Content = Record<string, { schema?: Schema }>;
type Operation = {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type Entry = { method: string; path: string; operation: Operation };

const words = {
  nl: {
    title: 'Buitenwacht: de API',
    intro: 'Elk adres, wat het leest en wat het antwoordt. Hetzelfde als document voor programma’s:',
    parameters: 'Wat je meegeeft',
    name: 'Naam',
    where: 'Waar',
    form: 'Vorm',
    body: 'Inhoud',
    answers: 'Wat je terugkrijgt',
    status: 'Status',
    meaning: 'Betekenis',
    required: 'verplicht',
    shapes: 'Vormen',
    contents: 'Inhoud van deze pagina',
  },
  en: {
    title: 'Buitenwacht: the API',
    intro: 'Every address, what it reads and what it answers. The same as a document for programs:',
    parameters: 'What you give',
    name: 'Name',
    where: 'Where',
    form: 'Form',
    body: 'Body',
    answers: 'What you get',
    status: 'Status',
    meaning: 'Meaning',
    required: 'required',
    shapes: 'Shapes',
    contents: 'On this page',
  },
} satisfies Record<Language, Record<string, string>>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The reference as one page without scripts, drawn from the document itself; `html` escapes everything put into it. */
export function referencePage(document: ApiDocument, language: Language) {
  const say = words[language];
  const entries = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method): Entry[] => {
      const operation = (item as Record<string, unknown>)[method];
      return operation ? [{ method: method.toUpperCase(), path, operation: operation as Operation }] : [];
    }),
  );
  const groups = Map.groupBy(entries, ({ operation }) => operation.tags?.[0] ?? 'api');
  const shapes = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<link rel="stylesheet" href="/api/reference.css">
</head>
<body>
<header>
<h1>${say.title}</h1>
<p>${say.intro} <a href="/api/openapi.json">/api/openapi.json</a></p>
<p lang="en">${withCode(document.info.description ?? '')}</p>
</header>
<nav aria-label="${say.contents}"><ul>
${[...groups.keys()].map((tag) => html`<li><a href="#${tag}">${tag}</a></li>`)}
<li><a href="#shapes">${say.shapes}</a></li>
</ul></nav>
<main lang="en">
${[...groups].map(
  ([tag, operations]) => html`<h2 id="${tag}">${tag}</h2>${operations.map((entry) => operationPart(entry, language))}`,
)}
<h2 id="shapes" lang="${language}">${say.shapes}</h2>
${shapes.map(
  ([name, schema]) => html`<section class="operation" id="shape-${name}"><h3>${name}</h3>
<pre>${describe(schema, 0)}</pre></section>`,
)}
</main>
</body>
</html>`;
}

function operationPart({ method, path, operation }: Entry, language: Language) {
  const say = words[language];
  const parameters = operation.parameters ?? [];
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return html`<section class="operation">
<h3><code class="path">${method} ${path}</code> ${operation.summary}</h3>
${operation.description ? html`<p>${withCode(operation.description)}</p>` : ''}
${
  parameters.length === 0
    ? ''
    : html`<div class="scroll"><table lang="${language}"><caption>${say.parameters}</caption>
<thead><tr><th scope="col">${say.name}</th><th scope="col">${say.where}</th><th scope="col">${say.form}</th></tr></thead>
<tbody>${parameters.map(
        (parameter) => html`<tr><td><code>${parameter.name}</code>
${parameter.required ? html`<span class="required">${say.required}</span>` : ''}</td><td>${parameter.in}</td>
<td><code>${describe(parameter.schema ?? {}, 0)}</code></td></tr>`,
      )}</tbody></table></div>`
}
${bodies.map(
  ([type, { schema }]) => html`<details><summary lang="${language}">${say.body}: ${type}</summary>
<pre>${describe(schema ?? {}, 0)}</pre></details>`,
)}
<div class="scroll"><table lang="${language}"><caption>${say.answers}</caption>
<thead><tr><th scope="col">${say.status}</th><th scope="col">${say.meaning}</th><th scope="col">${say.form}</th></tr></thead>
<tbody>${Object.entries(operation.responses).map(
    ([status, { description, content }]) => html`<tr><td>${status}</td><td lang="en">${withCode(description)}</td>
<td>${Object.entries(content ?? {}).map(([type, { schema }]) => answerForm(type, schema ?? {}))}</td></tr>`,
  )}</tbody></table></div>
</section>`;
}

function answerForm(type: string, schema: Schema) {
  const name = schema.$ref?.split('/').at(-1);
  return html`<code>${type}</code> ${name ? html`<a href="#shape-${name}">${name}</a>` : ''}`;
}

/** A sentence with `names` in it. */
function withCode(text: string) {
  return text.split('`').map((part, i) => (i % 2 === 0 ? part : html`<code>${part}</code>`));
}

const deepest = 6;

/** A schema in a few words: names, kinds, choices; a question mark for what may be absent. */
function describe(schema: Schema, depth: number): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => describe(choice, depth)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => describe(part, depth)).join(' & ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.properties && depth < deepest) {
    const indent = '  '.repeat(depth + 1);
    const lines = Object.entries(schema.properties).map(
      ([name, property]) =>
        `${indent}${name}${schema.required?.includes(name) ? '' : '?'}: ${describe(property, depth + 1)}`,
    );
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  if (schema.items) return `${describe(schema.items, depth)}[]`;
  const kind = [schema.type ?? 'any'].flat().join(' | ');
  return schema.format ? `${kind} (${schema.format})` : kind;
}
