import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { retrying } from "@/api";
import { guardSession } from "./guards";
import { useRouteTitle } from "./title";

const routes: RouteRecordRaw[] = [
  {
    path: "/",
    name: "home",
    component: () =>
      retrying(() => import(/* webpackChunkName: "home" */ "@/features/home/HomePage.vue")),
  },
  {
    path: "/problems",
    name: "problems",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "problems" */ "@/features/problems/ProblemListPage.vue"),
      ),
    meta: { title: "nav.problems" },
  },
  {
    path: "/problems/import",
    name: "package-import",
    component: () =>
      retrying(
        () =>
          import(/* webpackChunkName: "packages" */ "@/features/packages/PackageImportPage.vue"),
      ),
    meta: { title: "packages.title", role: "setter" },
  },
  {
    path: "/problems/:slug",
    name: "problem",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "problem" */ "@/features/workspace/ProblemPage.vue"),
      ),
    props: true,
    meta: { bare: true },
  },
  {
    path: "/submissions",
    name: "submissions",
    component: () =>
      retrying(
        () =>
          import(
            /* webpackChunkName: "submissions" */ "@/features/submissions/SubmissionListPage.vue"
          ),
      ),
    meta: { title: "nav.submissions" },
  },
  {
    path: "/submissions/:id",
    name: "submission",
    component: () =>
      retrying(
        () =>
          import(/* webpackChunkName: "submission" */ "@/features/submissions/SubmissionPage.vue"),
      ),
    props: true,
    meta: { title: "submission.title" },
  },
  {
    path: "/rejudgings",
    name: "rejudgings",
    component: () =>
      retrying(
        () =>
          import(
            /* webpackChunkName: "rejudgings" */ "@/features/rejudgings/RejudgingListPage.vue"
          ),
      ),
    meta: { title: "rejudging.listTitle", role: "setter" },
  },
  {
    path: "/rejudgings/new",
    name: "rejudging-new",
    component: () =>
      retrying(
        () =>
          import(/* webpackChunkName: "rejudgings" */ "@/features/rejudgings/RejudgingNewPage.vue"),
      ),
    meta: { title: "rejudging.create", role: "setter" },
  },
  {
    path: "/rejudgings/:id",
    name: "rejudging",
    component: () =>
      retrying(
        () =>
          import(/* webpackChunkName: "rejudgings" */ "@/features/rejudgings/RejudgingPage.vue"),
      ),
    props: true,
    meta: { title: "rejudging.title", role: "setter" },
  },
  {
    path: "/ranking",
    name: "ranking",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "ranking" */ "@/features/ranking/RankingPage.vue"),
      ),
    meta: { title: "nav.ranking" },
  },
  {
    path: "/users/:username",
    name: "user",
    component: () =>
      retrying(() => import(/* webpackChunkName: "user" */ "@/features/users/UserPage.vue")),
    props: true,
  },
  {
    path: "/announcements",
    name: "announcements",
    component: () =>
      retrying(
        () =>
          import(
            /* webpackChunkName: "announcements" */ "@/features/announcements/AnnouncementListPage.vue"
          ),
      ),
    meta: { title: "announcements.title" },
  },
  {
    path: "/help",
    name: "help",
    component: () =>
      retrying(() => import(/* webpackChunkName: "help" */ "@/features/help/HelpPage.vue")),
    meta: { title: "nav.help" },
  },
  {
    path: "/login",
    name: "login",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "accounts" */ "@/features/accounts/LoginPage.vue"),
      ),
    meta: { title: "accounts.login", visitor: true },
  },
  {
    path: "/register",
    name: "register",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "accounts" */ "@/features/accounts/RegisterPage.vue"),
      ),
    meta: { title: "accounts.register", visitor: true },
  },
  {
    path: "/verify-email",
    name: "verify-email",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "accounts" */ "@/features/accounts/VerifyEmailPage.vue"),
      ),
    meta: { title: "accounts.verifyTitle" },
  },
  {
    path: "/forgot-password",
    name: "forgot-password",
    component: () =>
      retrying(
        () =>
          import(/* webpackChunkName: "accounts" */ "@/features/accounts/ForgotPasswordPage.vue"),
      ),
    meta: { title: "accounts.forgotTitle" },
  },
  {
    path: "/reset-password",
    name: "reset-password",
    component: () =>
      retrying(
        () =>
          import(/* webpackChunkName: "accounts" */ "@/features/accounts/ResetPasswordPage.vue"),
      ),
    meta: { title: "accounts.resetTitle" },
  },
  {
    path: "/settings",
    name: "settings",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "settings" */ "@/features/settings/SettingsPage.vue"),
      ),
    meta: { title: "settings.title", role: "anybody" },
  },
  {
    path: "/:rest(.*)*",
    name: "not-found",
    component: () =>
      retrying(
        () => import(/* webpackChunkName: "not-found" */ "@/features/errors/NotFoundPage.vue"),
      ),
    meta: { title: "errors.notFoundTitle" },
  },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is experimental
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

router.beforeEach(guardSession);
router.afterEach(useRouteTitle);
