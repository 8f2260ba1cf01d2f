import { type Ref, ref, watch } from "vue";
import { readStored, removeStored, writeStored } from "@/stores/storage";
import { starterOf } from "../starters";

function keyOf(problem: string, language: string): string {
  return `draft:${problem}:${language}`;
}

/**
 * The program being written, kept in this browser for each problem and language, so that neither a
 * closed tab nor a login on the way costs a line.
 */
export function useDraft(problem: () => string, language: () => string) {
  const source: Ref<string> = ref("");

  function read(): void {
    source.value = readStored(keyOf(problem(), language())) ?? starterOf(language());
  }

  function reset(): void {
    removeStored(keyOf(problem(), language()));
    source.value = starterOf(language());
  }

  watch([problem, language], read, { immediate: true });
  watch(source, (text) => {
    if (text === starterOf(language())) removeStored(keyOf(problem(), language()));
    else writeStored(keyOf(problem(), language()), text);
  });

  return { source, reset };
}
