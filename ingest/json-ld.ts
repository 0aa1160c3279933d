/** What a page says of its text in schema.org terms; every part may be missing, and every part is untrusted. */
export type Article = {
  type?: string | undefined;
  headline?: string | undefined;
  body?: string | undefined;
  description?: string | undefined;
  author?: { name?: string; url?: string } | undefined;
  publishedRaw?: string | undefined;
  editedRaw?: string | undefined;
  language?: string | undefined;
};

const mostScripts = 20;
const longestScript = 500_000;
const deepest = 6;
const mostNodes = 1_000;
const ofText = /(Article|Posting|Report|Review|Comment|Question|Answer)$/;

type Node = Record<string, unknown>;

/** The text that a page is about: the first node of such a type in its JSON-LD, else nothing. Scripts that are no JSON say nothing. */
export function articleIn(scripts: readonly string[]): Article {
  for (const script of scripts.slice(0, mostScripts)) {
    const nodes: Node[] = [];
    if (script.length <= longestScript) gather(parsed(script), nodes, 0);
    for (const node of nodes) {
      const type = typesOf(node).find((name) => ofText.test(name));
      if (type !== undefined) return told(node, type);
    }
  }
  return {};
}

function parsed(script: string): unknown {
  try {
    return JSON.parse(script.replace(/^\s*(<!--|\/\*<!\[CDATA\[\*\/)|(-->|\/\*\]\]>\*\/)\s*$/g, ''));
  } catch {
    return null;
  }
}

/** Nodes stand alone, in lists, in `@graph`, or as what another is mainly about. */
function gather(value: unknown, nodes: Node[], depth: number): void {
  if (depth > deepest || nodes.length >= mostNodes || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, mostNodes)) gather(one, nodes, depth + 1);
    return;
  }
  const node = value as Node;
  nodes.push(node);
  for (const name of ['@graph', 'mainEntity', 'mainEntityOfPage']) gather(node[name], nodes, depth + 1);
}

const typesOf = (node: Node): string[] =>
  [node['@type']].flat().filter((name): name is string => typeof name === 'string');

function told(node: Node, type: string): Article {
  const { inLanguage } = node;
  return {
    type,
    headline: text(node.headline) ?? text(node.name),
    body: text(node.articleBody) ?? text(node.reviewBody) ?? text(node.text),
    description: text(node.description),
    author: authorOf(node.author),
    publishedRaw: text(node.datePublished) ?? text(node.dateCreated),
    editedRaw: text(node.dateModified),
    language: text(inLanguage) ?? text((inLanguage as Node | null | undefined)?.alternateName),
  };
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** A name, somebody with a name, or several of either: together one author, as the page gives them. */
function authorOf(value: unknown): Article['author'] {
  const people = [value]
    .flat()
    .slice(0, 5)
    .flatMap((one) => {
      const name = text(one) ?? text((one as Node | null | undefined)?.name);
      return name === undefined ? [] : [{ name, url: text((one as Node).url) }];
    });
  const [first, ...others] = people;
  if (!first) return undefined;
  if (others.length === 0 && first.url) return { name: first.name, url: first.url };
  return { name: people.map(({ name }) => name).join(', ') };
}
