import { render } from "@testing-library/vue";
import { createPinia, setActivePinia } from "pinia";
import type { Component } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { i18n } from "@/i18n";
import { useSession } from "@/stores/session";
import { ada } from "./things";

const NAMES: Record<string, string> = {
  home: "/",
  problems: "/problems",
  problem: "/problems/:slug",
  submissions: "/submissions",
  submission: "/submissions/:id",
  ranking: "/ranking",
  user: "/users/:username",
  announcements: "/announcements",
  help: "/help",
  login: "/login",
  register: "/register",
  "forgot-password": "/forgot-password",
  settings: "/settings",
  rejudgings: "/rejudgings",
  "rejudging-new": "/rejudgings/new",
  rejudging: "/rejudgings/:id",
  "package-import": "/problems/import",
};

interface Options {
  props?: Record<string, unknown>;
  path?: string;
  signedIn?: boolean;
}

/** Shows one component as the application would: with router, stores and texts. */
export async function show(component: Component, options: Options = {}) {
  const pinia = createPinia();
  setActivePinia(pinia);
  if (options.signedIn) useSession().set(ada);
  const empty = { template: "<div />" };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: Object.entries(NAMES).map(([name, path]) => ({ name, path, component: empty })),
  });
  await router.push(options.path ?? "/");
  const view = render(component, {
    props: options.props ?? {},
    global: { plugins: [pinia, router, i18n] },
  });
  return { ...view, router };
}
