import type { LocationQueryValue } from "vue-router";

/** Where to go after signing in: only a path of this site, never another one's address. */
export function nextPage(value: LocationQueryValue | LocationQueryValue[] | undefined): string {
  if (typeof value !== "string" || !value.startsWith("/") || /^\/[/\\]/.test(value)) return "/";
  return value;
}
