import { SourceError } from '#ingest/errors.ts';

const challenge =
  /just a moment\.\.\.|cf-chl|challenge-platform|captcha|checking your browser|attention required|ddos protection|are you (a )?(human|robot)|enable javascript and cookies|bot detection|px-captcha|_incapsula_|perimeterx|datadome/i;
const loginForm = /<input\b[^>]{0,200}\btype\s*=\s*["']?password/i;

/** Whether a document is a web page: an html element before any root of a feed, or its DOCTYPE and no such root. */
export function isWebPage(text: string): boolean {
  const head = text.slice(0, 4096).toLowerCase();
  const feed = firstOf(head, ['<rss', '<feed', '<rdf:rdf', '<atom:feed']);
  const page = firstOf(head, ['<html', '<head>', '<body']);
  if (page >= 0) return feed < 0 || page < feed;
  return feed < 0 && head.includes('<!doctype html');
}

function firstOf(text: string, marks: string[]): number {
  const found = marks.map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : -1;
}

/** What kind of page came instead of a feed, in a word for the health sentence. */
export function webPageInstead(text: string): SourceError {
  const head = text.slice(0, 200_000);
  // A long page that mentions a captcha (in a comment form) is still a page.
  if (text.length < 60_000 && challenge.test(head)) {
    return new SourceError('unreadable', 'A page that wants to know whether we are human', { reason: 'bot-wall' });
  }
  if (loginForm.test(head)) return new SourceError('unreadable', 'A page to sign in', { reason: 'login' });
  return new SourceError('unreadable', 'A web page, not a feed', { reason: 'web-page' });
}
