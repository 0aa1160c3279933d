import { type QueryClient, useQuery } from '@tanstack/react-query';
import { fetchSession, type Me, type Session } from './api-session.ts';
import { prefer } from './preferences.ts';
import { isSignedOut, tellSignedIn, tellSignedOut } from './signed-out.ts';

const sessionKey = ['session'];

/** Who is signed in and what this installation is, as it was when it was last told. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => fetchSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** Who is signed in. For screens inside the frame, which is drawn for nobody else. */
export function useMe(): Me {
  const { data } = useSession();
  if (!data?.me) throw new Error('useMe stands where nobody is signed in');
  return data.me;
}

/** Whether who is signed in has a right (domain/person.ts). Without it there is no button; the server decides. */
export function useRight(right: Me['rights'][number]): boolean {
  return useMe().rights.includes(right);
}

/** Takes over what the server answered to somebody signing in, with the language and theme that are theirs. */
export function enter(client: QueryClient, session: Session): void {
  const known = client.getQueryData<Session>(sessionKey)?.me;
  // What was loaded was for somebody else's eyes.
  if (known && session.me && known.id !== session.me.id) {
    location.reload();
    return;
  }
  client.setQueryData(sessionKey, session);
  if (session.me) preferAs(session.me);
  tellSignedIn();
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] }).catch(() => undefined);
}

/** Language and theme as a person chose them; what they never chose stays as this browser has it. */
export function preferAs({ language, theme }: Me): void {
  prefer({ ...(language ? { language } : {}), ...(theme ? { theme } : {}) });
}

/** Keeps what is shown of the person the same as what the server has. */
export function rememberMe(client: QueryClient, me: Me): void {
  client.setQueryData<Session>(sessionKey, (session) => session && { ...session, me });
}

/** Asks again who is signed in: rights may have changed, or the session ended. No answer changes nothing. */
export async function lookWhoAgain(client: QueryClient): Promise<void> {
  const session = await fetchSession().catch(() => null);
  if (session === null) return;
  if (session.me === null) tellSignedOut();
  else if (session.me.id !== client.getQueryData<Session>(sessionKey)?.me?.id) location.reload();
  else if (isSignedOut()) enter(client, session);
  else client.setQueryData(sessionKey, session);
}
