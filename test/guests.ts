import { sql } from 'kysely';
import type { Asked } from './api-app.ts';
import { inDays } from './days.ts';
import { seedCircle } from './seed-inside.ts';
import { type Browser, type SignInApp, signInApp } from './sign-in.ts';

type Someone = { id: number; email: string; browser: Browser };
/** A circle with one host, who invites: each its own, so that no test finds another's guests. */
export type Inviting = { host: Browser; hostId: number; circle: number; circlePath: string };
export type GuestApp = SignInApp & {
  /** A colleague who signed in. */
  someone: (role?: 'employee' | 'communication') => Promise<Someone>;
  inviting: () => Promise<Inviting>;
};

/** Who is invited, but for their last day. */
export const guest = { name: 'Fatima Bakkali', relation: 'expert', reason: 'Weet alles van bruggen.' };

let counter = 0;
/** What somebody without an account sends with a link. */
export const account = (email = `gast${++counter}@elders.example`) => ({
  as: 'new',
  name: guest.name,
  email,
  password: 'een heel lang wachtwoord',
});
export const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
export const invite = ({ host, circlePath }: Inviting, given: object = {}): Promise<Asked> =>
  host.ask('POST', `${circlePath}/invitations`, { ...guest, until: inDays(30), ...given });
/** The token of a new link. */
export const newToken = async (circle: Inviting, given: object = {}): Promise<string> =>
  tokenOf((await invite(circle, given)).json.link.url);
/** Comes in by a link, in a browser of its own when none is given. */
export const accept = (app: SignInApp, token: string, body: unknown, browser = app.browser()): Promise<Asked> =>
  browser.ask('POST', `/api/invitations/by-token/${token}`, body);

export async function guestApp(): Promise<GuestApp> {
  const app = await signInApp();
  const someone: GuestApp['someone'] = async (role = 'employee') => {
    const email = `p${++counter}@stad.example`;
    const id = await app.colleagueWith({ email, role });
    const browser = app.browser();
    await browser.signIn(email);
    return { id, email, browser };
  };
  const inviting: GuestApp['inviting'] = async () => {
    const { id, browser } = await someone();
    const circle = await seedCircle(app.db, `Kring ${++counter}`);
    await sql`insert into circle_frames (circle_id, version, question, in_scope, out_of_scope, result, house_rule, ends_on, after_end)
      values (${circle}, 1, 'Hoe houden we de brug open?', 'De brug', 'De rest', 'Een plan', 'Blijf vriendelijk', today() + 90, 'gone')`.execute(
      app.db,
    );
    await sql`update circles set frame_version = 1, ends_on = today() + 90 where id = ${circle}`.execute(app.db);
    await sql`insert into memberships (circle_id, person_id, role) values (${circle}, ${id}, 'host')`.execute(app.db);
    return { host: browser, hostId: id, circle, circlePath: `/api/circles/${app.ids.encode('circle', circle)}` };
  };
  return { ...app, someone, inviting };
}
