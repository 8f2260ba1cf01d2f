import { computed, ref, shallowRef } from "vue";
import { type ApiError, ask, asApiError, client, type PlaygroundRun } from "@/api";
import { useLiveEvents } from "@/live";

export interface PlaygroundOrder {
  language: string;
  source: string;
  problem?: string;
  stdin?: string;
}

/** A run on the samples or on own input, outside any submission. */
export function usePlayground() {
  const live = useLiveEvents<PlaygroundRun>();
  const isSending = ref(false);
  const sendError = shallowRef<ApiError | null>(null);

  async function start(order: PlaygroundOrder): Promise<void> {
    isSending.value = true;
    sendError.value = null;
    live.stop();
    live.thing.value = null;
    try {
      const { id } = await ask(client.POST("/playground-runs", { body: order }));
      live.watchThing({
        topic: `playground-run:${id}`,
        load: () =>
          ask(client.GET("/playground-runs/{run_id}", { params: { path: { run_id: id } } })),
        isFinished: (run) => run.state === "finished",
      });
    } catch (caught) {
      sendError.value = asApiError(caught);
    } finally {
      isSending.value = false;
    }
  }

  const isRunning = computed(
    () =>
      isSending.value ||
      (live.connection.value !== "closed" && live.thing.value?.state !== "finished"),
  );
  const error = computed(() => sendError.value ?? (live.thing.value ? null : live.error.value));

  return { run: live.thing, error, isRunning, start };
}
