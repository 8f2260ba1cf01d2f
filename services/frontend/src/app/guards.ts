import type { NavigationGuardReturn, RouteLocationNormalized } from "vue-router";
import { useSession } from "@/stores/session";

/** Sends people who may not see a page to one they can use, and remembers where they wanted to go. */
export function guardSession(to: RouteLocationNormalized): NavigationGuardReturn {
  const session = useSession();
  if (to.meta.role && !session.isSignedIn) {
    return { name: "login", query: { next: to.fullPath } };
  }
  if (to.meta.role === "setter" && !session.isSetter) return { name: "home" };
  if (to.meta.visitor && session.isSignedIn) return { name: "home" };
  return true;
}
