/** An item as its outlet publishes it now. */
export type Entry = {
  key: string;
  /** Stable name of the item that holds no address, so that it survives a change of port. */
  id: string;
  url: string;
  /** Path below the outlet's own, for feeds with relative addresses. */
  path: string;
  title: string | null;
  text: string;
  html: string;
  author: string | null;
  publishedAt: Date;
  editedAt: Date | null;
  replyTo: { id: string; url: string } | null;
  stars: number | null;
};

export type Channel = {
  name: string;
  about: string;
  language: string;
  homeUrl: string;
  feedUrl: string;
  /** Newest first. */
  entries: Entry[];
  deleted: { id: string; at: Date }[];
  now: Date;
};

/** A feed document as it goes over the wire. */
export type Rendered = { body: Buffer; type: string };

/** One way in which sites write feeds, flaws included. */
export type Dialect = (channel: Channel) => Rendered;
