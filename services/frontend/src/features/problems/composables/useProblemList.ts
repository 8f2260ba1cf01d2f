import { ask, client } from "@/api";
import { usePreferences } from "@/stores/preferences";
import { usePages } from "@/ui/usePages";
import { useQueryChoice, useQueryParam } from "@/ui/useQueryParams";
import { DIFFICULTY_NAMES } from "../difficulty";
import { SORT_VALUES, STATUSES } from "../filters";

/** The problems that the filters in the page's address leave, titles in the reader's language. */
export function useProblemList() {
  const preferences = usePreferences();
  const q = useQueryParam("q");
  const tag = useQueryParam("tag");
  const difficulty = useQueryChoice("difficulty", DIFFICULTY_NAMES);
  const status = useQueryChoice("status", STATUSES);
  const sort = useQueryChoice("sort", SORT_VALUES);

  return usePages(
    () => ({
      lang: preferences.locale,
      ...(q.value && { q: q.value }),
      ...(tag.value && { tag: tag.value }),
      ...(difficulty.value && { difficulty: difficulty.value }),
      ...(status.value && { status: status.value }),
      ...(sort.value && { sort: sort.value }),
    }),
    (query, cursor) =>
      ask(client.GET("/problems", { params: { query: { ...query, ...(cursor && { cursor }) } } })),
  );
}
