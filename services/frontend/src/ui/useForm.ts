import { type Ref, ref, shallowRef } from "vue";
import { type ApiError, asApiError } from "@/api";

export interface Form {
  error: Ref<ApiError | null>;
  isBusy: Ref<boolean>;
  /** What is wrong with one field, as the api said. */
  fault: (name: string) => string | undefined;
  /** Sends once at a time; false when the api refused. */
  send: (action: () => Promise<void>) => Promise<boolean>;
}

/** One form that is sent to the api, with its errors beside the fields. */
export function useForm(): Form {
  const error = shallowRef<ApiError | null>(null);
  const isBusy = ref(false);

  async function send(action: () => Promise<void>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    error.value = null;
    try {
      await action();
      return true;
    } catch (caught) {
      error.value = asApiError(caught);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return { error, isBusy, fault: (name) => error.value?.field(name), send };
}
