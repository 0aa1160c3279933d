import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RefusedError } from '../api.ts';
import { Worded } from '../words/Worded.tsx';
import { Field, PasswordField } from './Field.tsx';
import { FormProblem, problemsOf } from './FormProblem.tsx';

let root: Root;
beforeEach(() => {
  const place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
});

/** A form that was refused for `error`, once its words are there. */
async function draw(error: Error | null): Promise<void> {
  const problems = problemsOf(error);
  root.render(
    <Worded>
      <form>
        <FormProblem error={error} />
        <Field label="Naam" name="name" defaultValue="Joris" problem={problems.name} />
        <PasswordField label="Wachtwoord" name="password" autoComplete="new-password" problem={problems.password} />
      </form>
    </Worded>,
  );
  await vi.waitFor(() => expect(document.querySelector('form')).not.toBeNull());
}
const alertSays = () => document.querySelector('[role=alert]')?.textContent ?? null;

test('focus goes to the first part that is wrong, which says why; what was typed stays', async () => {
  const errors = [{ path: 'password', message: 'Is te kort.' }];
  await draw(new RefusedError({ code: 'invalid_request', title: 'Klopt niet.', detail: 'Kijk bij errors.', errors }));
  const password = document.querySelector<HTMLInputElement>('[name=password]')!;
  await vi.waitFor(() => expect(document.activeElement).toBe(password));
  const described = password.getAttribute('aria-describedby')!.split(' ');
  expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual(['Is te kort.']);
  expect(document.querySelector<HTMLInputElement>('[name=name]')!.value).toBe('Joris');
  // The document's own word for its list says nothing to a reader.
  expect(alertSays()).not.toContain('errors');
});

test('a refusal of the whole is read out where it stands, in the words of the server', async () => {
  await draw(
    new RefusedError({ code: 'wrong_credentials', title: 'Horen niet bij elkaar.', detail: 'Probeer opnieuw.' }),
  );
  expect(alertSays()).toBe('Horen niet bij elkaar.Probeer opnieuw.');
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('alert'));
});

test('no answer at all is said in words too', async () => {
  await draw(new TypeError('Failed to fetch'));
  expect(alertSays()).not.toContain('fetch');
  expect(alertSays()).not.toBe('');
});

test('a password is hidden until its writer asks to see it', async () => {
  await draw(null);
  const password = document.querySelector<HTMLInputElement>('[name=password]')!;
  const button = document.querySelector<HTMLButtonElement>('button[aria-pressed]')!;
  expect([password.type, button.getAttribute('aria-pressed')]).toEqual(['password', 'false']);
  button.click();
  await vi.waitFor(() => expect([password.type, button.getAttribute('aria-pressed')]).toEqual(['text', 'true']));
  expect(alertSays()).toBeNull();
});
