import type { Hook, z } from '@hono/zod-openapi';
import type { Env } from './env.ts';
import { type Language, languageOf } from './language.ts';
import { problemResponse } from './problem.ts';

type Issue = z.core.$ZodIssue;

/**
 * What every route answers when its input does not fit: 404 for an address that cannot be one of ours, else 400 with a
 * sentence for each part. Nothing of what was sent comes back but the names of known parts.
 */
export const refuseInvalid: Hook<unknown, Env, string, unknown> = (result, c) => {
  if (result.success) return undefined;
  if (result.target === 'param') return problemResponse(c, 'not_found');
  const language = languageOf(c.req.header('accept-language'));
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 100) || 'body',
    message: sentenceFor(issue, language),
  }));
  return problemResponse(c, 'invalid_request', { errors });
};

function sentenceFor(issue: Issue, language: Language): string {
  const say = (nl: string, en: string) => (language === 'nl' ? nl : en);
  const ofText = (issue.code === 'too_small' || issue.code === 'too_big') && issue.origin === 'string';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? say('Ontbreekt, of is van een andere soort.', 'Is missing, or of another kind.')
        : say('Is van een andere soort.', 'Is of another kind.');
    case 'too_small':
      if (ofText && issue.minimum === 1) return say('Mag niet leeg zijn.', 'May not be empty.');
      if (ofText)
        return say(
          `Is te kort: minstens ${issue.minimum} tekens.`,
          `Is too short: at least ${issue.minimum} characters.`,
        );
      return say(`Is te klein: minstens ${issue.minimum}.`, `Is too small: at least ${issue.minimum}.`);
    case 'too_big':
      if (ofText)
        return say(
          `Is te lang: hoogstens ${issue.maximum} tekens.`,
          `Is too long: at most ${issue.maximum} characters.`,
        );
      return say(`Is te groot: hoogstens ${issue.maximum}.`, `Is too large: at most ${issue.maximum}.`);
    case 'invalid_value':
      return say(`Kies uit: ${issue.values.join(', ')}.`, `Choose from: ${issue.values.join(', ')}.`);
    case 'invalid_format':
      if (issue.format === 'email')
        return say(
          'Is geen volledig e-mailadres, zoals naam@voorbeeld.nl.',
          'Is no whole e-mail address, as in name@example.org.',
        );
      return say('Heeft niet de juiste vorm.', 'Does not have the right form.');
    default:
      return say('Heeft niet de juiste vorm.', 'Does not have the right form.');
  }
}
