import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { changeMe, changePassword, exportAddress, signOutEverywhere } from '../api-session.ts';
import { Field, PasswordField } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { OwnChoices } from '../frame/OwnChoices.tsx';
import { Page } from '../frame/Page.tsx';
import { streamAddress, tipsAddress } from '../place.ts';
import { rememberMe, useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './MePage.module.css';

/** What one settles about oneself: name, language, password, sessions, and a copy of all one wrote. */
export function MePage() {
  const { me: words, roles } = useWords();
  const { name, role, colleague } = useMe();
  const [notice, setNotice] = useState<Notice | null>(null);
  const say = (says: string) => setNotice({ says });
  return (
    <>
      <Page title={words.title} sum={`${name}, ${colleague ? roles[role] : words.guest}`}>
        <div className={styles.sections}>
          <WhoIAm onDone={() => say(words.savedName)} />
          <Section title={words.looks} why={words.looksWhy}>
            <OwnChoices />
          </Section>
          <MyPassword onDone={() => say(words.changedPassword)} />
          <Section title={words.written} why={colleague ? words.writtenWhy : words.writtenWhyGuest}>
            <p className={styles.actions}>
              <a className="button" href={exportAddress} download>
                {words.download}
              </a>
              {colleague && <Link href={tipsAddress}>{words.tips}</Link>}
            </p>
          </Section>
          <Sessions />
        </div>
      </Page>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

function Section({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        <p className={styles.why}>{why}</p>
      </div>
      <div className={styles.fields}>{children}</div>
    </section>
  );
}

function WhoIAm({ onDone }: { onDone: () => void }) {
  const { me: words, roles, roleMay } = useWords();
  const me = useMe();
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: (name: string) => changeMe({ name }),
    onSuccess: (now) => {
      rememberMe(client, now);
      onDone();
    },
  });
  return (
    <Section title={words.who} why={me.colleague ? words.whoWhy : words.whoWhyGuest}>
      <form className={styles.fields} noValidate onSubmit={given((data) => saving.mutate(data('name').trim()))}>
        <FormProblem error={saving.error} />
        <Field
          label={words.name}
          name="name"
          autoComplete="name"
          defaultValue={me.name}
          maxLength={100}
          problem={problemsOf(saving.error).name}
        />
        <dl className={styles.facts}>
          <dt>{words.email}</dt>
          <dd>{me.email}</dd>
          <dt>{words.role}</dt>
          <dd>
            {me.colleague ? roles[me.role] : words.guest}
            <p className={styles.may}>{me.colleague ? roleMay[me.role] : words.guestMay}</p>
          </dd>
        </dl>
        <p>
          <button type="submit" className="button" disabled={saving.isPending}>
            {words.saveName}
          </button>
        </p>
      </form>
    </Section>
  );
}

function MyPassword({ onDone }: { onDone: () => void }) {
  const { me: words, firstPerson } = useWords();
  const me = useMe();
  const changing = useMutation({ mutationFn: changePassword });
  const problems = problemsOf(changing.error);
  return (
    <Section title={words.password} why={words.passwordWhy}>
      <form
        className={styles.fields}
        noValidate
        onSubmit={(event) => {
          const form = event.currentTarget;
          given((data) =>
            changing.mutate(
              { current: data('current'), next: data('next') },
              {
                onSuccess: () => {
                  form.reset();
                  onDone();
                },
              },
            ),
          )(event);
        }}
      >
        <FormProblem error={changing.error} />
        {/* For the password manager: which account this password is of. */}
        <input type="text" name="email" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordField
          label={words.current}
          name="current"
          autoComplete="current-password"
          maxLength={200}
          problem={problems.current}
        />
        <PasswordField
          label={words.next}
          hint={firstPerson.passwordHint}
          name="next"
          autoComplete="new-password"
          maxLength={128}
          problem={problems.next}
        />
        <p>
          <button type="submit" className="button" disabled={changing.isPending}>
            {words.changePassword}
          </button>
        </p>
      </form>
    </Section>
  );
}

function Sessions() {
  const { me: words } = useWords();
  const ending = useMutation({
    mutationFn: signOutEverywhere,
    // Everything that was loaded goes with the page.
    onSuccess: () => location.replace(streamAddress({})),
  });
  return (
    <Section title={words.sessions} why={words.sessionsWhy}>
      <p>
        <button type="button" className="button" disabled={ending.isPending} onClick={() => ending.mutate()}>
          {words.signOutEverywhere}
        </button>
      </p>
      {ending.isError && <p role="alert">{words.notDone}</p>}
    </Section>
  );
}

/** Takes over the sending of a form, and gives what stands in it by name. */
function given(act: (data: (name: string) => string) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    act((name) => String(data.get(name) ?? ''));
  };
}
