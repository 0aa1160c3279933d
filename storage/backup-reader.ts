import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { BackupError, endOfRows } from './backup-format.ts';

export type BackupReader = {
  /** The next line as what it should be; throws BackupError when it is not. */
  line: <Shape extends z.ZodType>(shape: Shape) => Promise<z.infer<Shape>>;
  /** The rows up to the end of the table, in chunks of whole rows. */
  rows: () => AsyncGenerator<Buffer>;
  /** Whether there is nothing after what was read. */
  isAtEnd: () => Promise<boolean>;
};

const newline = 10;
const longestLine = 1024 * 1024;
const lastRow = Buffer.concat([Buffer.from('\n'), endOfRows]);

/** Reads a backup from the beginning to its end, piece by piece: nothing of it is in memory for longer than it takes. */
export function readBackup(file: string): BackupReader {
  const source = createReadStream(file);
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => gunzip.destroy(error));
  const chunks = source.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);

  /** False at the end of the file. */
  async function more(): Promise<boolean> {
    try {
      const { value, done } = await chunks.next();
      if (done) return false;
      rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
      return true;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT') throw new BackupError(`There is no file ${file}.`, { cause });
      if (code === 'EACCES' || code === 'EISDIR') throw new BackupError(`${file} cannot be read (${code}).`, { cause });
      throw new BackupError(`${file} is no backup, or it is damaged (${(cause as Error).message}).`, { cause });
    }
  }
  const cutOff = () => new BackupError(`${file} is no whole backup: it ends too early.`);

  return {
    async line(shape) {
      let at = rest.indexOf(newline);
      for (; at < 0; at = rest.indexOf(newline)) {
        if (rest.length > longestLine) throw new BackupError(`${file} is no backup.`);
        if (!(await more())) throw cutOff();
      }
      const text = rest.subarray(0, at).toString();
      rest = rest.subarray(at + 1);
      const read = shape.safeParse(parsed(text));
      if (!read.success) throw new BackupError(`${file} is no backup that this version can read.`);
      return read.data;
    },
    async *rows() {
      for (;;) {
        if (rest.subarray(0, endOfRows.length).equals(endOfRows)) {
          rest = rest.subarray(endOfRows.length);
          return;
        }
        const end = rest.indexOf(lastRow);
        const whole = end >= 0 ? end + 1 : rest.lastIndexOf(newline) + 1;
        if (whole > 0) {
          const chunk = rest.subarray(0, whole);
          rest = rest.subarray(whole);
          yield chunk;
        }
        if (end < 0 && !(await more())) throw cutOff();
      }
    },
    async isAtEnd() {
      return rest.length === 0 && !(await more());
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
