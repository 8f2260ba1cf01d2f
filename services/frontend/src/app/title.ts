import type { RouteLocationNormalized } from "vue-router";
import { i18n } from "@/i18n";
import { setPageTitle } from "@/ui/pageTitle";

export function useRouteTitle(to: RouteLocationNormalized): void {
  setPageTitle(to.meta.title ? i18n.global.t(to.meta.title) : "");
}
