export type ServerEvent = { event: string; id: string; data: unknown };

/** Reads server-sent events off a stream as a browser does, comments and id-only frames included. */
export function readEvents(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const waiting: ServerEvent[] = [];
  let text = '';
  let ended = false;
  let lastId = '';

  const take = (block: string): ServerEvent | null => {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
      if (name !== undefined) fields.set(name, value!);
    }
    lastId = fields.get('id') ?? lastId;
    const data = fields.get('data');
    return data === undefined ? null : { event: fields.get('event') ?? 'message', id: lastId, data: JSON.parse(data) };
  };
  async function pump() {
    const { done, value } = await reader.read();
    ended = done;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = take(text.slice(0, end));
      text = text.slice(end + 2);
      if (event) waiting.push(event);
    }
  }
  return {
    /** The next event that a browser would raise; null at the end of the stream. */
    async next(): Promise<ServerEvent | null> {
      while (waiting.length === 0 && !ended) await pump();
      return waiting.shift() ?? null;
    },
    /** What a browser would send as Last-Event-ID, once something was read. */
    async lastId(): Promise<string> {
      while (lastId === '' && !ended) await pump();
      return lastId;
    },
    stop: () => reader.cancel(),
  };
}
