import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { RefusedError } from '../api.ts';
import { makeFirstPerson } from '../api-session.ts';
import { Field, PasswordField } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { useTitle } from '../frame/title.ts';
import { sourcesAddress } from '../place.ts';
import { enter } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Form.module.css';
import { WindowPage } from './WindowPage.tsx';

/** An empty installation: whoever comes first names it and becomes its administrator. */
export function FirstPersonPage({ needsCode }: { needsCode: boolean }) {
  const { signIn, firstPerson, link } = useWords();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  // Asked for by the server, at the start or at the first attempt from another machine.
  const [isCodeAsked, setIsCodeAsked] = useState(needsCode);
  const making = useMutation({
    mutationFn: makeFirstPerson,
    onSuccess: (session) => {
      navigate(sourcesAddress, { replace: true });
      enter(client, session);
    },
    onError: (refused) => refused instanceof RefusedError && refused.code === 'code_needed' && setIsCodeAsked(true),
  });
  const { error } = making;
  const problems = problemsOf(error);
  useTitle(firstPerson.title);
  return (
    <WindowPage title={firstPerson.title} why={firstPerson.why}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const text = (name: string) => String(given.get(name) ?? '').trim();
          making.mutate({
            organisation: text('organisation'),
            name: text('name'),
            email: text('email'),
            password: String(given.get('password')),
            ...(isCodeAsked ? { code: text('code') } : {}),
          });
        }}
      >
        <FormProblem error={error} />
        {error instanceof RefusedError && error.code === 'already_set_up' && (
          <button type="button" className="button" onClick={() => location.reload()}>
            {link.toSignIn}
          </button>
        )}
        <Field
          label={firstPerson.organisation}
          hint={firstPerson.organisationWhy}
          name="organisation"
          autoComplete="organization"
          autoFocus
          maxLength={100}
          problem={problems.organisation}
        />
        <Field label={firstPerson.name} name="name" autoComplete="name" maxLength={100} problem={problems.name} />
        <Field
          label={firstPerson.email}
          name="email"
          type="email"
          autoComplete="username"
          maxLength={200}
          problem={problems.email}
        />
        <PasswordField
          label={signIn.password}
          hint={firstPerson.passwordHint}
          name="password"
          autoComplete="new-password"
          maxLength={128}
          problem={problems.password}
        />
        {isCodeAsked && (
          <Field
            label={firstPerson.code}
            hint={firstPerson.codeWhy}
            name="code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            problem={problems.code}
          />
        )}
        <button type="submit" className="button primary" disabled={making.isPending}>
          {making.isPending ? signIn.submitting : firstPerson.submit}
        </button>
        <p className={styles.note}>{firstPerson.promise}</p>
      </form>
    </WindowPage>
  );
}
