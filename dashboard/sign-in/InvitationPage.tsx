import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { dayIn } from '#domain/period.ts';
import { RefusedError } from '../api.ts';
import { type Acceptance, acceptInvitation, fetchInvitation, type InvitationFacts } from '../api-guests.ts';
import type { Session } from '../api-session.ts';
import { dayName } from '../figures/days.ts';
import { Field, PasswordField } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { useTitle } from '../frame/title.ts';
import { circleAddress, streamAddress } from '../place.ts';
import { enter } from '../session.ts';
import { fullTime } from '../time.ts';
import type { Words } from '../words/nl.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import styles from './Form.module.css';
import invited from './InvitationPage.module.css';
import { SignInForm } from './SignInForm.tsx';
import { WindowPage } from './WindowPage.tsx';

/** Where an invitation leads: who asks one in, to what and until when; then in, with a new account or one's own. */
export function InvitationPage({ token, session }: { token: string; session: Session }) {
  const { signIn, invitation: words } = useWords();
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => fetchInvitation(token, signal),
    retry: (failures, refused) => failures < 2 && !(refused instanceof RefusedError && refused.code !== null),
  });
  useTitle(data ? words.title(data.name) : signIn.title);
  if (data)
    return (
      <WindowPage
        title={words.title(data.name)}
        why={words.asks(data.inviter, data.organisation)}
        organisation={data.organisation}
      >
        <Facts facts={data} timeZone={session.timeZone} />
        <ComeIn token={token} facts={data} session={session} />
      </WindowPage>
    );
  if (!error) return <WindowPage title={words.looking}>{null}</WindowPage>;
  return (
    <WindowPage {...whyNot(error, { signIn, invitation: words })}>
      <p className={styles.end}>
        <Link className="button" href={streamAddress({})}>
          {session.me ? words.toStream : words.toSignIn}
        </Link>
      </p>
    </WindowPage>
  );
}

/** Used, expired, taken back, copied in part, or no answer at all: each with what to do. */
function whyNot(
  error: Error,
  { signIn, invitation }: Pick<Words, 'signIn' | 'invitation'>,
): { title: string; why?: string } {
  if (!(error instanceof RefusedError) || error.code === null) return { title: signIn.failed, why: signIn.unreachable };
  if (error.code === 'not_found' || error.code === 'invalid_request')
    return { title: invitation.unknown, why: invitation.unknownWhy };
  return { title: error.message, ...(error.detail ? { why: error.detail } : {}) };
}

function Facts({ facts, timeZone }: { facts: InvitationFacts; timeZone: string }) {
  const { words, language } = useSpoken();
  const { invitation: say } = words;
  const until = dayName(facts.until, language, dayIn(new Date(), timeZone));
  return (
    <dl className={invited.facts}>
      <dt>{facts.oneThread ? say.oneThread : say.circle}</dt>
      <dd dir="auto">
        <strong>{facts.circle.name}</strong>
      </dd>
      {facts.circle.question !== facts.circle.name && (
        <>
          <dt>{say.question}</dt>
          <dd dir="auto">{facts.circle.question}</dd>
        </>
      )}
      <dt>{say.until}</dt>
      <dd>{until}</dd>
    </dl>
  );
}

function ComeIn({ token, facts, session }: { token: string; facts: InvitationFacts; session: Session }) {
  const { words, language } = useSpoken();
  const { invitation: say, signIn } = words;
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [hasAccount, setHasAccount] = useState(false);
  const coming = useMutation({
    mutationFn: (json: Acceptance) => acceptInvitation(token, json),
    onSuccess: (come) => {
      navigate(come.threadId === null ? circleAddress(come.circle.id) : streamAddress({}, come.threadId), {
        replace: true,
      });
      enter(client, come.session);
    },
  });
  const end = <p className={styles.note}>{say.once(fullTime(new Date(facts.expiresAt), language))}</p>;
  if (session.me)
    return (
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          coming.mutate({ as: 'me' });
        }}
      >
        <FormProblem error={coming.error} />
        {session.me.colleague && <p dir="auto">{say.notForMe(facts.name)}</p>}
        <p>{say.asMeWhy(session.me.name, session.me.email)}</p>
        {session.me.colleague && (
          <Link className="button primary" href={streamAddress({})}>
            {say.toStream}
          </Link>
        )}
        <button
          type="submit"
          className={session.me.colleague ? 'button' : 'button primary'}
          disabled={coming.isPending}
        >
          {coming.isPending ? signIn.submitting : say.asMe(session.me.name)}
        </button>
        {end}
      </form>
    );
  if (hasAccount)
    return (
      <>
        <SignInForm />
        <p className={styles.end}>
          <button type="button" className="link" onClick={() => setHasAccount(false)}>
            {say.noAccount}
          </button>
        </p>
      </>
    );
  const problems = problemsOf(coming.error);
  return (
    <>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const text = (name: string) => String(given.get(name));
          coming.mutate({
            as: 'new',
            name: text('name').trim(),
            email: text('email').trim(),
            password: text('password'),
          });
        }}
      >
        <FormProblem error={coming.error} />
        <Field
          label={say.name}
          hint={say.nameWhy}
          name="name"
          autoComplete="name"
          defaultValue={facts.name}
          maxLength={100}
          problem={problems.name}
        />
        <Field
          label={signIn.email}
          hint={say.emailWhy}
          name="email"
          type="email"
          autoComplete="username"
          maxLength={200}
          problem={problems.email}
        />
        <PasswordField
          label={signIn.password}
          hint={words.firstPerson.passwordHint}
          name="password"
          autoComplete="new-password"
          maxLength={128}
          problem={problems.password}
        />
        <button type="submit" className="button primary" disabled={coming.isPending}>
          {coming.isPending ? signIn.submitting : say.comeIn}
        </button>
        {end}
      </form>
      <p className={styles.end}>
        <strong>{say.hasAccount}</strong>{' '}
        <button type="button" className="link" onClick={() => setHasAccount(true)}>
          {say.signInFirst}
        </button>
      </p>
    </>
  );
}
