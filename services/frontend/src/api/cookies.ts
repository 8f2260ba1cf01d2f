/** A cookie that scripts may read; undefined when it is not set. */
export function readCookie(name: string): string | undefined {
  const prefix = `${name}=`;
  const part = document.cookie.split("; ").find((item) => item.startsWith(prefix));
  return part === undefined ? undefined : decodeURIComponent(part.slice(prefix.length));
}

export function csrfToken(): string | undefined {
  return readCookie("csrf_token");
}
