import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { ask, client, type Language } from "@/api";

/** The programming languages the judges offer. Read once; they change with a deployment. */
export const useLanguages = defineStore("languages", () => {
  const languages = ref<Language[]>([]);
  let inFlight: Promise<void> | null = null;

  const byId = computed(() => new Map(languages.value.map((language) => [language.id, language])));

  async function read(): Promise<void> {
    const page = await ask(client.GET("/languages"));
    languages.value = page.items;
  }

  function load(): Promise<void> {
    inFlight ??= read().catch((error: unknown) => {
      inFlight = null;
      throw error;
    });
    return inFlight;
  }

  function reload(): Promise<void> {
    inFlight = null;
    return load();
  }

  function nameOf(id: string): string {
    return byId.value.get(id)?.name ?? id;
  }

  return { languages, byId, load, reload, nameOf };
});
