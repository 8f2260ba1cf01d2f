import { onScopeDispose } from "vue";
import { useAsk } from "@/ui/useAsk";
import { readRejudging } from "../api";
import { mayChangeByItself } from "../states";

const EVERY_MS = 2_000;

/** A rejudging, read again every other second for as long as it may change by itself. */
export function useRejudging(id: () => string) {
  const { data, error, isLoading, reload } = useAsk(() => readRejudging(id()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  async function follow(): Promise<void> {
    clearTimeout(timer);
    await reload();
    // After an error the person decides; a page that nobody looks at any more stops asking.
    if (isGone || error.value || !data.value || !mayChangeByItself(data.value)) return;
    timer = setTimeout(() => void follow(), EVERY_MS);
  }

  onScopeDispose(() => {
    isGone = true;
    clearTimeout(timer);
  });

  return { rejudging: data, error, isLoading, follow };
}
