import { computed, ref, shallowRef } from "vue";
import { type ApiError, ask, asApiError, client } from "@/api";
import { useSubmission } from "@/features/submissions";

interface Order {
  problem: string;
  language: string;
  source: string;
}

/** Sends a submission and follows it to its verdict. */
export function useSubmit() {
  const { submission, error: liveError, connection, follow, stop } = useSubmission();
  const isSending = ref(false);
  const sendError = shallowRef<ApiError | null>(null);

  async function submit(order: Order): Promise<void> {
    isSending.value = true;
    sendError.value = null;
    try {
      const { id } = await ask(client.POST("/submissions", { body: order }));
      follow(id);
    } catch (caught) {
      stop();
      submission.value = null;
      sendError.value = asApiError(caught);
    } finally {
      isSending.value = false;
    }
  }

  const error = computed(() => sendError.value ?? (submission.value ? null : liveError.value));
  return { submission, error, isSending, connection, submit };
}
