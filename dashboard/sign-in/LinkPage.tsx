import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { RefusedError } from '../api.ts';
import { choosePassword, fetchLink, type LinkFacts } from '../api-session.ts';
import { PasswordField } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { useTitle } from '../frame/title.ts';
import { streamAddress } from '../place.ts';
import { enter } from '../session.ts';
import { fullTime } from '../time.ts';
import type { Words } from '../words/nl.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import styles from './Form.module.css';
import { WindowPage } from './WindowPage.tsx';

/** Where the link of an administrator leads: choose a password, and be inside. */
export function LinkPage({ token, organisation }: { token: string; organisation: string | null }) {
  const { signIn, link: words } = useWords();
  const { data, error } = useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) => fetchLink(token, signal),
    retry: (failures, refused) => failures < 2 && !(refused instanceof RefusedError && refused.code !== null),
  });
  const isInvited = data?.purpose === 'invite';
  const heading = data && (isInvited ? words.welcome(data.name) : words.reset(data.name));
  useTitle(heading ?? signIn.title);
  if (data)
    return (
      <WindowPage title={heading!} why={isInvited ? words.welcomeWhy : words.resetWhy} organisation={organisation}>
        <ChoosePassword token={token} link={data} />
      </WindowPage>
    );
  if (!error) return <WindowPage title={words.looking}>{null}</WindowPage>;
  return (
    <WindowPage {...whyNot(error, { signIn, link: words })}>
      <p className={styles.end}>
        <Link className="button" href={streamAddress({})}>
          {words.toSignIn}
        </Link>
      </p>
    </WindowPage>
  );
}

/** Used, expired, copied in part, or no answer at all. */
function whyNot(error: Error, { signIn, link }: Pick<Words, 'signIn' | 'link'>): { title: string; why?: string } {
  if (!(error instanceof RefusedError) || error.code === null) return { title: signIn.failed, why: signIn.unreachable };
  if (error.code === 'not_found') return { title: link.unknown, why: link.unknownWhy };
  return { title: error.message, ...(error.detail ? { why: error.detail } : {}) };
}

function ChoosePassword({ token, link }: { token: string; link: LinkFacts }) {
  const { words, language } = useSpoken();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const choosing = useMutation({
    mutationFn: (password: string) => choosePassword(token, password),
    onSuccess: (session) => {
      navigate(streamAddress({}), { replace: true });
      enter(client, session);
    },
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        choosing.mutate(String(new FormData(event.currentTarget).get('password')));
      }}
    >
      <FormProblem error={choosing.error} />
      <p>
        {words.link.email} <strong>{link.email}</strong>
      </p>
      {/* For the password manager: which account this password is of. */}
      <input type="text" name="email" autoComplete="username" value={link.email} readOnly hidden />
      <PasswordField
        label={words.signIn.password}
        hint={words.firstPerson.passwordHint}
        name="password"
        autoComplete="new-password"
        autoFocus
        maxLength={128}
        problem={problemsOf(choosing.error).password}
      />
      <button type="submit" className="button primary" disabled={choosing.isPending}>
        {choosing.isPending ? words.signIn.submitting : words.link.submit}
      </button>
      <p className={styles.note}>{words.link.until(fullTime(new Date(link.expiresAt), language))}</p>
    </form>
  );
}
