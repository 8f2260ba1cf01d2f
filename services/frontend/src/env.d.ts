declare const __APP_VERSION__: string;

declare module "*.css";
declare module "*.svg" {
  const url: string;
  export default url;
}
declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const component: DefineComponent;
  export default component;
}
