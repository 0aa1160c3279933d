import type { Fields, Node, NodeObject } from './rss-parser.ts';

/** The elements `name` inside a feed or item; always an array. */
export function all(fields: Fields, name: string): Node[] {
  const nodes = fields[name];
  return Array.isArray(nodes) ? nodes : [];
}

/** The text of the first `name` that has any; absent rather than empty. */
export function firstText(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    for (const node of all(fields, name)) {
      const text = textOf(node);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

export function textOf(node: Node | undefined): string | undefined {
  const text = typeof node === 'string' ? node : node?._;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** Children of an element, by our own names. */
export function children(node: Node, name: string): Node[] {
  const found = typeof node === 'string' ? undefined : (node as NodeObject)[`f:${name}`];
  return Array.isArray(found) ? found : [];
}

export function attributesOf(node: Node): Record<string, string> {
  return (typeof node === 'string' ? undefined : (node as NodeObject).$) ?? {};
}

/** An attribute by name, whatever its case in the document; absent rather than empty. */
export function attribute(node: Node, name: string): string | undefined {
  return pick(attributesOf(node), name);
}

export function pick(attributes: Record<string, string>, name: string): string | undefined {
  const exact = attributes[name];
  if (exact !== undefined) return exact.trim() || undefined;
  const wanted = name.toLowerCase();
  for (const key in attributes) if (key.toLowerCase() === wanted) return attributes[key]!.trim() || undefined;
  return undefined;
}
