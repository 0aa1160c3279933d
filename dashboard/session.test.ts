import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchThread } from './api.ts';
import { type Me, type Session, signIn } from './api-session.ts';
import { prefer, preferences } from './preferences.ts';
import { enter, lookWhoAgain } from './session.ts';
import { isSignedOut, tellSignedIn } from './signed-out.ts';

const aSession = (me: Partial<Me> | null): Session => ({
  me: me && {
    id: 'p_1',
    name: 'Sanne de Wit',
    email: 's@lindewaard.example',
    role: 'employee',
    colleague: true,
    rights: ['member', 'colleague'],
    language: null,
    theme: null,
    ...me,
  },
  organisation: 'Gemeente Lindewaard',
  firstPerson: null,
  timeZone: 'Europe/Amsterdam',
});

/** A browser in which Sanne is signed in and has a thread open. */
function opened(): QueryClient {
  const client = new QueryClient();
  client.setQueryData(['session'], aSession({}));
  client.setQueryData(['thread', 't_1'], { title: 'Sluisbrug' });
  return client;
}

/** The server answers so, until the test ends. */
function answering(status: number, body: unknown, address = 'http://x/api/session'): void {
  vi.stubGlobal('fetch', async () => {
    const response = new Response(JSON.stringify(body), { status });
    Object.defineProperty(response, 'url', { value: address });
    return response;
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  tellSignedIn();
  prefer({ language: 'nl', theme: 'system' });
});

test('a session that ended is noticed at any refused request, and what was loaded stays', async () => {
  const client = opened();
  answering(401, { code: 'signed_out' }, 'http://x/api/threads/t_1');
  await expect(fetchThread('t_1')).rejects.toMatchObject({ code: 'signed_out' });
  expect(isSignedOut()).toBe(true);
  expect(client.getQueryData(['thread', 't_1'])).toEqual({ title: 'Sluisbrug' });
});

test('a wrong password says nothing about the session', async () => {
  answering(401, { code: 'wrong_credentials' });
  await expect(signIn({ email: 's@lindewaard.example', password: 'x' })).rejects.toMatchObject({
    code: 'wrong_credentials',
  });
  expect(isSignedOut()).toBe(false);
});

test('looking again: nobody is signed out by a server that does not answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  await lookWhoAgain(opened());
  expect(isSignedOut()).toBe(false);
});

test('looking again: the session is gone, but not what is known of it', async () => {
  const client = opened();
  answering(200, aSession(null));
  await lookWhoAgain(client);
  expect(isSignedOut()).toBe(true);
  expect(client.getQueryData<Session>(['session'])?.me?.name).toBe('Sanne de Wit');
});

test('looking again: another role brings other rights', async () => {
  const client = opened();
  answering(200, aSession({ role: 'manager', rights: ['colleague', 'figures'] }));
  await lookWhoAgain(client);
  expect(client.getQueryData<Session>(['session'])?.me?.rights).toEqual(['colleague', 'figures']);
});

test('who comes back goes on with what was loaded, in their own language', () => {
  const client = opened();
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
  enter(client, aSession({ language: 'en', theme: 'dark' }));
  expect(reload).not.toHaveBeenCalled();
  expect(client.getQueryData(['thread', 't_1'])).toEqual({ title: 'Sluisbrug' });
  expect(client.getQueryState(['thread', 't_1'])?.isInvalidated).toBe(true);
  expect(preferences()).toMatchObject({ language: 'en', theme: 'dark' });
});

test('somebody else at the same page begins anew: what was loaded was not for them', () => {
  const client = opened();
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
  enter(client, aSession({ id: 'p_2', name: 'Joris Aalbers' }));
  expect(reload).toHaveBeenCalledOnce();
  expect(client.getQueryData<Session>(['session'])?.me?.id).toBe('p_1');
});
