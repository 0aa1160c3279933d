/** What prefixes stand for, by namespace; ends without slash, in lower case. The empty prefix is the RSS vocabulary itself. */
const prefixByNamespace: Record<string, string> = {
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://purl.org/rss/1.0': '',
  'http://purl.org/net/rss1.1#': '',
  'http://my.netscape.com/rdf/simple/0.9': '',
  'http://channel.netscape.com/rdf/simple/0.9': '',
  'http://backend.userland.com/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://backend.userland.com/rss091': '',
  'http://backend.userland.com/rss092': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://purl.org/dc/elements/1.0': 'dc',
  'http://purl.org/dc/terms': 'dcterms',
  'http://purl.org/rss/1.0/modules/content': 'content',
  'http://purl.org/rss/1.0/modules/slash': 'slash',
  'http://purl.org/rss/1.0/modules/syndication': 'sy',
  'http://purl.org/syndication/thread/1.0': 'thr',
  'http://purl.org/atompub/tombstones/1.0': 'at',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://search.yahoo.com/mrss': 'media',
  'http://tools.search.yahoo.com/mrss': 'media',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://wellformedweb.org/commentapi': 'wfw',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://itunes.apple.com/rss': 'im',
};
const knownPrefixes = new Set(Object.values(prefixByNamespace));

export type Names = {
  /** Notes `xmlns:prefix="namespace"`; the default namespace counts on the root only. */
  declare: (prefix: string, namespace: string) => void;
  /** A written name as we know it: lower case, our own prefix; 'title' for RSS and for the Atom of an Atom feed. */
  canonical: (written: string) => string;
  /** Whether the written name is XHTML by its prefix, and is to be read without it. */
  isXhtml: (written: string) => boolean;
};

/** The names of one document. Prefixes are taken document-wide: no feed in the wild gives one prefix two meanings. */
export function createNames(root: string): Names {
  const declared = new Map<string, string>();
  const cache = new Map<string, string>();
  const [rootPrefix, rootLocal] = split(root);
  const isAtom = rootLocal.toLowerCase() === 'feed';

  const meaning = (prefix: string): string => {
    const namespace = declared.get(prefix);
    if (namespace === undefined) return prefix === rootPrefix ? '' : prefix.toLowerCase();
    const known = prefixByNamespace[namespace.trim().replace(/\/$/, '').toLowerCase()];
    if (known !== undefined) return known === 'atom' && isAtom ? '' : known;
    if (prefix === rootPrefix) return '';
    // Somebody else's namespace under a prefix of ours means something else.
    return knownPrefixes.has(prefix.toLowerCase()) ? `other-${prefix}` : prefix.toLowerCase();
  };

  return {
    declare: (prefix, namespace) => {
      declared.set(prefix, namespace);
      cache.clear();
    },
    canonical: (written) => {
      const cached = cache.get(written);
      if (cached !== undefined) return cached;
      const [prefix, local] = split(written);
      const ours = meaning(prefix);
      const name = ours === '' ? local.toLowerCase() : `${ours}:${local.toLowerCase()}`;
      if (cache.size < 1000) cache.set(written, name);
      return name;
    },
    isXhtml: (written) => written.includes(':') && meaning(split(written)[0]) === 'xhtml',
  };
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
