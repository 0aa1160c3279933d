/** Parameter names whose value is a secret in some feed somewhere (sources.md 1.3): Reddit's `feed=`, signed links, keys. */
const secretName =
  /token|key|^feed|secret|sig|auth|pass|pwd|credential|session|^sid$|jwt|^code$|^hash$|^h$|^user$|^email$/i;

/**
 * An address as it may stand in a log or an error message: without user info and fragment, and with secret query values and
 * the private part of Google Alerts feeds replaced by `***`.
 */
export function redactUrl(address: string | URL): string {
  const url = URL.parse(String(address));
  if (!url) return redactText(String(address));
  const path = url.pathname
    .replace(/^(\/alerts\/feeds\/).+/, '$1***')
    .replace(/[^/]+/g, (segment) => (holdsSecret(segment) ? '***' : segment));
  const place = url.host === '' ? url.protocol : `${url.protocol}//${url.host}`;
  return `${place}${path}${url.search === '' ? '' : `?${redactQuery(url.search.slice(1))}`}`;
}

function redactQuery(query: string): string {
  return query
    .split(/[&;]/)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      if (value.length === 0) return pair.length > 20 ? '***' : pair;
      return secretName.test(decoded(name)) || holdsSecret(value.join('=')) ? `${name}=***` : pair;
    })
    .join('&');
}

/** An address inside a parameter or a path segment carries its own query and user info. */
function holdsSecret(value: string): boolean {
  const text = decoded(decoded(value));
  return /:\/\/[^/]*@|[?&;#][^=]*=/.test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What cannot be parsed keeps only its beginning: no query, no fragment, no user info. */
function redactText(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[?#].*$/s, '')
    .replace(/\/\/.*@/s, '//');
}
