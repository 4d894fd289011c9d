/** A hand-off link longer than this is no link of a meeting. */
const LENGTH_MAX = 500;

/**
 * A link that a person is asked to open must lead to a named place over a protected line, and carry no name or password: what looks like a
 * well-known host and is somebody else's is the worse error, so anything odd is refused.
 */
export function isSafeCallLink(text: string): boolean {
  // Letters that look like others, or that turn the reading direction, make one address look like another.
  if (text.length > LENGTH_MAX || /[^\x21-\x7e]|[\\<>"]/.test(text)) return false;
  const url = URL.parse(text);
  if (!url || url.protocol !== 'https:' || url.username || url.password || (url.port && url.port !== '443')) return false;
  const named = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(url.hostname);
  const isCoded = url.hostname.split('.').some((part) => part.startsWith('xn--'));
  return named && !isCoded && !url.hostname.endsWith('.local') && !url.hostname.endsWith('.localhost') && !url.hostname.endsWith('.internal');
}
