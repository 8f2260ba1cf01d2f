import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { setApiLanguage } from "@/api";
import { browserLocale, isLocale, type LocaleName, loadLocale } from "@/i18n";
import { readStored, writeStored } from "./storage";

export type Theme = "system" | "light" | "dark";
export const FONT_SIZES = [12, 13, 14, 15, 16, 18, 20, 22] as const;

function storedTheme(): Theme {
  const value = readStored("theme");
  return value === "light" || value === "dark" ? value : "system";
}

function storedLocale(): LocaleName {
  const value = readStored("locale");
  return isLocale(value) ? value : browserLocale();
}

function storedFontSize(): number {
  const value = Number(readStored("font-size"));
  return FONT_SIZES.some((size) => size === value) ? value : 14;
}

/** How this reader likes the page. Kept in this browser; the language also in the account. */
export const usePreferences = defineStore("preferences", () => {
  const systemDark = ref(false);
  const theme = ref<Theme>(storedTheme());
  const locale = ref<LocaleName>(storedLocale());
  const fontSize = ref(storedFontSize());
  const language = ref(readStored("language") ?? "cpp");
  const isDark = computed(
    () => theme.value === "dark" || (theme.value === "system" && systemDark.value),
  );

  function watchSystem(): void {
    const query = window.matchMedia("(prefers-color-scheme: dark)");
    systemDark.value = query.matches;
    query.addEventListener("change", (event) => (systemDark.value = event.matches));
  }

  function setTheme(next: Theme): void {
    theme.value = next;
    writeStored("theme", next);
  }

  function setFontSize(next: number): void {
    fontSize.value = next;
    writeStored("font-size", String(next));
  }

  function setLanguage(next: string): void {
    language.value = next;
    writeStored("language", next);
  }

  async function setLocale(next: LocaleName): Promise<void> {
    await loadLocale(next);
    setApiLanguage(next);
    locale.value = next;
    writeStored("locale", next);
  }

  /** To be called once, before anything is shown. */
  async function start(): Promise<void> {
    watchSystem();
    watch(
      isDark,
      (dark) => {
        document.documentElement.classList.toggle("dark", dark);
        document.documentElement.classList.toggle("light", !dark);
      },
      { immediate: true },
    );
    setApiLanguage(locale.value);
    await loadLocale(locale.value);
  }

  return {
    theme,
    locale,
    fontSize,
    language,
    isDark,
    setTheme,
    setFontSize,
    setLanguage,
    setLocale,
    start,
  };
});
