import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signIn } from '../api-session.ts';
import { Field, PasswordField } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { enter } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Form.module.css';

/** E-mail address and password. Whoever comes in goes on at the address that stands above. */
export function SignInForm({ email }: { email?: string }) {
  const words = useWords();
  const client = useQueryClient();
  const entering = useMutation({ mutationFn: signIn, onSuccess: (session) => enter(client, session) });
  const problems = problemsOf(entering.error);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        entering.mutate({ email: String(given.get('email')).trim(), password: String(given.get('password')) });
      }}
    >
      <FormProblem error={entering.error} />
      <Field
        label={words.signIn.email}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        readOnly={email !== undefined}
        autoFocus={email === undefined}
        maxLength={200}
        problem={problems.email}
      />
      <PasswordField
        label={words.signIn.password}
        name="password"
        autoComplete="current-password"
        maxLength={200}
        problem={problems.password}
      />
      <button type="submit" className="button primary" disabled={entering.isPending}>
        {entering.isPending ? words.signIn.submitting : words.signIn.submit}
      </button>
    </form>
  );
}
