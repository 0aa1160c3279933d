/** Feed addresses that follow from a page's address alone, best first (sources.md 4.2). */
export function knownFeeds(page: URL): string[] {
  const { origin, hostname, pathname, searchParams } = page;
  const [first, second, third] = pathname.split('/').filter(Boolean);
  const site = (name: string): boolean => hostname === name || hostname.endsWith(`.${name}`);
  if (/\.(rss|atom|xml|rdf|json)$/i.test(pathname)) return [];
  if (site('youtube.com')) return youtube(first, second, searchParams.get('list'));
  if (site('reddit.com'))
    return (first === 'r' || first === 'user') && second ? [`${origin}/${first}/${second}/.rss`] : [];
  if (site('tumblr.com'))
    return hostname === 'www.tumblr.com' || !hostname.includes('.tumblr') ? [] : [`${origin}/rss`];
  if (hostname === 'medium.com') return first && first !== 'feed' ? [`https://medium.com/feed/${first}`] : [];
  if (site('medium.com') || site('substack.com')) return first === 'feed' ? [] : [`${origin}/feed`];
  if (hostname === 'github.com') return github(first, second, third);
  if (searchParams.has('s') && pathname === '/') {
    return [`${origin}/?feed=rss2&s=${encodeURIComponent(searchParams.get('s')!)}`];
  }
  return [];
}

function youtube(first: string | undefined, second: string | undefined, playlist: string | null): string[] {
  const feed = 'https://www.youtube.com/feeds/videos.xml';
  if (first === 'channel' && second && /^UC[\w-]{10,40}$/.test(second)) return [`${feed}?channel_id=${second}`];
  if (playlist && /^[\w-]{10,60}$/.test(playlist)) return [`${feed}?playlist_id=${playlist}`];
  return [];
}

function github(owner: string | undefined, repository: string | undefined, view: string | undefined): string[] {
  if (!owner || !repository) return owner ? [`https://github.com/${owner}.atom`] : [];
  const views = ['releases', 'commits', 'tags'];
  const order = view && views.includes(view) ? [view, ...views.filter((one) => one !== view)] : views;
  return order.map((one) => `https://github.com/${owner}/${repository}/${one}.atom`);
}

/** Where sites keep a feed they do not name: asked only when nothing better was found. */
export function guesses(page: URL, generator: string | null): string[] {
  const paths = ['/feed', '/rss', '/rss.xml', '/atom.xml', '/feed.json', '/index.xml'];
  const known = generator?.toLowerCase() ?? '';
  if (known.includes('discourse')) paths.unshift('/latest.rss', '/posts.rss');
  return paths.slice(0, 6).map((path) => page.origin + path);
}
