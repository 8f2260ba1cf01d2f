import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./app/App.vue";
import { router } from "./app/router";
import { i18n } from "./i18n";
import { usePreferences } from "./stores/preferences";
import { useSession } from "./stores/session";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/forms.css";
import "./styles/table.css";

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(i18n);
  // Texts and the session are needed for the first frame that is right; both are small.
  await Promise.all([usePreferences().start(), useSession().load()]);
  app.use(router).mount("#app");
  // System fonts first: the page is readable before ours arrive.
  await import(/* webpackChunkName: "fonts" */ "./styles/fonts.css");
}

void start();
