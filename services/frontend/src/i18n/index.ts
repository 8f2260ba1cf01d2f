import { createI18n } from "vue-i18n";
import type { Catalogue } from "./ko";

export const LOCALES = ["ko", "en"] as const;
export type LocaleName = (typeof LOCALES)[number];

export const i18n = createI18n({
  legacy: false,
  locale: "ko",
  fallbackLocale: false,
  // A missing text is a fault found by tests, not a warning in a reader's console.
  missingWarn: false,
  fallbackWarn: false,
  messages: {},
});

const loaders: Record<LocaleName, () => Promise<{ default: Catalogue }>> = {
  ko: () => import(/* webpackChunkName: "locale-ko" */ "./ko"),
  en: () => import(/* webpackChunkName: "locale-en" */ "./en"),
};

export function isLocale(value: unknown): value is LocaleName {
  return LOCALES.some((locale) => locale === value);
}

/** Korean, unless the browser's languages name English first. */
export function browserLocale(): LocaleName {
  for (const tag of navigator.languages) {
    const [language] = tag.split("-");
    if (isLocale(language)) return language;
  }
  return "ko";
}

export async function loadLocale(locale: LocaleName): Promise<void> {
  const { default: messages } = await loaders[locale]();
  i18n.global.setLocaleMessage(locale, messages);
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}
