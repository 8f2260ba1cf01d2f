import "vue-router";

declare module "vue-router" {
  interface RouteMeta {
    /** Key of the page's title; pages that show one thing set theirs themselves. */
    title?: string;
    /** Who may come here. The api decides in any case; this spares a page full of errors. */
    role?: "anybody" | "setter";
    /** Only for people who are not signed in. */
    visitor?: boolean;
    /** Uses the whole window: no footer. */
    bare?: boolean;
  }
}
