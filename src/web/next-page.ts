/**
 * Where to go after signing in. Only a path of this site: `//host`, `/\host` and signs that browsers drop (tabs, line
 * ends) are refused, so that a link to our sign-in page cannot hand people over to a stranger.
 *
 * @param asked value of `next` in the address or the form
 */
export function nextPage(asked: string | undefined): string {
  const isOurs = asked !== undefined && asked.length <= 500 && /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(asked);
  return isOurs ? asked : "/";
}

export const signInAddress = (next: string): string => `/sign-in?next=${encodeURIComponent(nextPage(next))}`;
