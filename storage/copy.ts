import type { Socket } from 'node:net';
import type pg from 'pg';

/** What a query of our own is given by the driver: the connection below the client. */
type Connection = {
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
  sendCopyFail: (why: string) => void;
  stream: Socket;
};

/** Messages that say nothing to a COPY. */
const unheard = {
  handleRowDescription: () => undefined,
  handlePortalSuspended: () => undefined,
  handleEmptyQuery: () => undefined,
};

/**
 * `COPY … TO STDOUT` by the protocol of the driver. `take` gets each row with its newline, whose bytes are its own only until it
 * returns; while a promise it returned is open no more is read from the server. Rejects with what `take` or the server rejects with.
 */
export function copyOut(
  client: pg.Client,
  statement: string,
  take: (row: Buffer) => Promise<unknown> | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let waiting = 0;
    const query = {
      ...unheard,
      submit: (connection: Connection) => connection.query(statement),
      handleCopyData({ chunk }: { chunk: Buffer }, { stream }: Connection) {
        const taking = take(chunk);
        if (!taking) return;
        waiting += 1;
        stream.pause();
        const taken = () => {
          waiting -= 1;
          if (waiting === 0) stream.resume();
        };
        taking.then(taken, (error: unknown) => {
          reject(error);
          stream.destroy();
        });
      },
      handleCommandComplete: () => undefined,
      handleError: reject,
      handleReadyForQuery: () => resolve(),
    };
    client.query(query as never);
  });
}

/** `COPY … FROM STDIN` of chunks that may end anywhere; resolves to the number of rows that arrived. */
export function copyIn(client: pg.Client, statement: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    let isOver = false;
    async function send(connection: Connection) {
      try {
        for await (const chunk of chunks) {
          if (isOver) return;
          connection.sendCopyFromChunk(chunk);
          if (connection.stream.writableNeedDrain) await drained(connection.stream);
        }
        if (!isOver) connection.endCopyFrom();
      } catch (error) {
        reject(error);
        connection.sendCopyFail('the rows cannot be read');
      }
    }
    const query = {
      ...unheard,
      submit: (connection: Connection) => connection.query(statement),
      handleCopyInResponse: (connection: Connection) => void send(connection),
      handleCommandComplete({ text }: { text: string }) {
        rows = Number(text.split(' ')[1]);
      },
      handleError(error: unknown) {
        isOver = true;
        reject(error);
      },
      handleReadyForQuery: () => resolve(rows),
    };
    client.query(query as never);
  });
}

function drained(stream: Socket): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      stream.off('drain', over).off('close', over);
      resolve();
    };
    stream.on('drain', over).on('close', over);
  });
}
