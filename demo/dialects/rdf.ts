import { iso } from './dates.ts';
import type { Dialect } from './dialect.ts';
import { cdata, element, escaped, lines } from './xml.ts';

/** RSS 1.0 (web.resource.org/rss/1.0/spec): items beside the channel, names in rdf:about, Dublin Core for the rest. */
export const rdf: Dialect = (channel) => {
  const xml = lines(
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">',
    `<channel rdf:about="${escaped(channel.homeUrl)}">`,
    element('title', channel.name),
    element('link', channel.homeUrl),
    element('description', channel.about),
    element('dc:language', channel.language),
    '<items><rdf:Seq>',
    ...channel.entries.map((entry) => `<rdf:li rdf:resource="${escaped(entry.id)}"/>`),
    '</rdf:Seq></items>',
    '</channel>',
    ...channel.entries.map((entry) =>
      lines(
        `<item rdf:about="${escaped(entry.id)}">`,
        element('title', entry.title),
        element('link', entry.url),
        element('dc:creator', entry.author),
        element('dc:date', iso(entry.publishedAt)),
        `<content:encoded>${cdata(entry.html)}</content:encoded>`,
        '</item>',
      ),
    ),
    '</rdf:RDF>',
  );
  return { body: Buffer.from(xml), type: 'application/rdf+xml; charset=utf-8' };
};
