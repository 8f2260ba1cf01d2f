import { computed, ref, watch } from "vue";
import type { Page } from "@/api";
import { useAsk } from "./useAsk";

/**
 * A list read page by page. The api's cursors only lead forward; the way back is remembered here.
 * `query` is anything that decides what is in the list: when it changes, the first page is read.
 */
export function usePages<Item, Query>(
  query: () => Query,
  load: (query: Query, cursor: string | undefined) => Promise<Page<Item>>,
) {
  const cursors = ref<(string | undefined)[]>([undefined]);
  const { data, error, isLoading, reload } = useAsk(() => load(query(), cursors.value.at(-1)));

  watch(
    () => JSON.stringify(query()),
    () => {
      cursors.value = [undefined];
      void reload();
    },
    { immediate: true },
  );

  function next(): void {
    const cursor = data.value?.next_cursor;
    if (!cursor) return;
    cursors.value = [...cursors.value, cursor];
    void reload();
  }

  function previous(): void {
    if (cursors.value.length < 2) return;
    cursors.value = cursors.value.slice(0, -1);
    void reload();
  }

  return {
    items: computed(() => data.value?.items ?? []),
    total: computed(() => data.value?.total ?? null),
    isFirstLoad: computed(() => data.value === null && error.value === null),
    page: computed(() => cursors.value.length),
    hasNext: computed(() => Boolean(data.value?.next_cursor)),
    hasPrevious: computed(() => cursors.value.length > 1),
    error,
    isLoading,
    reload,
    next,
    previous,
  };
}
