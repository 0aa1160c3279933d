import { type CheerioAPI, load } from 'cheerio/slim';

export type PageNode = Exclude<Parameters<typeof load>[0], string | Buffer | readonly unknown[]>;
export type PageElement = Extract<PageNode, { attribs: unknown }>;

/** The elements of a page by name, each list in its order and bounded; `text` and `html` of one of them. */
export type PageParts = {
  all: (name: string) => readonly PageElement[];
  text: (element: PageNode) => string;
  /** What stands inside, as HTML. */
  html: (element: PageNode) => string;
};

const mostOfOneName = 500;

/** Reads a page in one walk: selectors of cheerio compare all siblings with each other, which a hostile page makes slow. */
export function partsOf(source: string): PageParts {
  const page: CheerioAPI = load(source);
  const byName = new Map<string, PageElement[]>();
  for (const node of walk(page.root().toArray())) {
    if (!('attribs' in node)) continue;
    const list = byName.get(node.name) ?? [];
    if (list.length < mostOfOneName) list.push(node);
    byName.set(node.name, list);
  }
  return {
    all: (name) => byName.get(name) ?? [],
    text: (element) => page(element).text(),
    html: (element) => page.html('children' in element ? element.children : []),
  };
}

/** Leaves out of an element whatever `isOther` says, however deep. */
export function prune(element: PageNode, isOther: (child: PageElement) => boolean): void {
  for (const node of walk([element])) {
    if ('children' in node) node.children = node.children.filter((child) => !('attribs' in child && isOther(child)));
  }
}

/** Every node below, each before what is in it. */
function* walk(nodes: readonly PageNode[]): Generator<PageNode> {
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if (!('children' in node)) continue;
    for (let at = node.children.length - 1; at >= 0; at--) waiting.push(node.children[at]!);
  }
}
