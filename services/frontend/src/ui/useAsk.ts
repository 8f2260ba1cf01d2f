import { type Ref, ref, shallowRef } from "vue";
import { type ApiError, asApiError } from "@/api";

export interface Asked<Data> {
  data: Ref<Data | null>;
  error: Ref<ApiError | null>;
  isLoading: Ref<boolean>;
  /** Asks anew. The answer of an earlier call that comes later is thrown away. */
  reload: () => Promise<void>;
}

/** One thing to be shown that comes from the api: its data, its error, whether it is on its way. */
export function useAsk<Data>(load: () => Promise<Data>): Asked<Data> {
  const data = shallowRef<Data | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const isLoading = ref(false);
  let latest = 0;

  async function reload(): Promise<void> {
    const mine = ++latest;
    isLoading.value = true;
    try {
      const fresh = await load();
      if (mine !== latest) return;
      data.value = fresh;
      error.value = null;
    } catch (caught) {
      if (mine === latest) error.value = asApiError(caught);
    } finally {
      if (mine === latest) isLoading.value = false;
    }
  }

  return { data, error, isLoading, reload };
}
