import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Form.module.css';
import { SignInForm } from './SignInForm.tsx';
import { WindowPage } from './WindowPage.tsx';

/** What whoever is not signed in sees, at whatever address they wanted. */
export function SignInPage({ organisation }: { organisation: string | null }) {
  const { signIn } = useWords();
  useTitle(signIn.title);
  return (
    <WindowPage title={signIn.title} organisation={organisation}>
      <SignInForm />
      <p className={styles.end}>
        <strong>{signIn.forgotten}</strong> {signIn.forgottenWhy}
      </p>
    </WindowPage>
  );
}
