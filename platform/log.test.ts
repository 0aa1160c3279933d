import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function written(log: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  let line = '';
  const write = (text: string) => {
    line += text;
  };
  log(createLog('info', { write }));
  return JSON.parse(line) as Record<string, unknown>;
}

test('a line says when in ISO time and how bad in a word', () => {
  expect(written((log) => log.warn({ sourceId: 3 }, 'source polled'))).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    sourceId: 3,
    msg: 'source polled',
  });
});

test('a part of a part is one field with one name', () => {
  let line = '';
  const write = (text: string) => {
    line += text;
  };
  const workers = createLog('info', { write }).child({ part: 'workers', installation: 7 });
  workers.child({ part: 'poll' }).child({ sourceId: 3 }).info('polled');
  expect(line.match(/"part"/g)).toHaveLength(1);
  expect(JSON.parse(line)).toMatchObject({ part: 'workers.poll', installation: 7, sourceId: 3 });
});

test('secrets in headers stay out, however deep', () => {
  const headers = { authorization: 'Bearer hunter2', cookie: 'a=hunter2', 'set-cookie': ['b=hunter2'] };
  const line = JSON.stringify(
    written((log) => log.info({ headers, request: { headers }, password: 'hunter2' }, 'asked')),
  );
  expect(line).not.toContain('hunter2');
  expect(line).toContain('[secret]');
});

test('addresses lose user info and secret parameters, in errors and their causes too', () => {
  const url = 'https://ann:hunter2@example.nl/feed?token=hunter2&page=2';
  const err = new Error(`no answer from ${url}`, { cause: new Error(`refused: ${url}`) });
  const line = written((log) => log.child({ part: 'poll' }).error({ url, err }, 'poll failed'));
  expect(JSON.stringify(line)).not.toContain('hunter2');
  expect(line).toMatchObject({ part: 'poll', url: expect.stringContaining('page=2') });
});

test('what people wrote does not come along in the error of a database', () => {
  const err = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (text)=(hunter2) exists.' });
  const line = written((log) => log.error({ err }, 'save failed'));
  expect(JSON.stringify(line)).not.toContain('hunter2');
  expect(line).toMatchObject({ err: { code: '23505' } });
});
