import { onScopeDispose, type Ref, ref, shallowRef } from "vue";
import { type ApiError, asApiError } from "@/api";
import { type ConnectionState, LiveConnection } from "./LiveConnection";

const MIN_GAP_MS = 120;

export interface LiveSource<Thing> {
  topic: string;
  load: () => Promise<Thing>;
  /** Whether it can never change again; the stream is closed then. */
  isFinished: (thing: Thing) => boolean;
}

export interface LiveThing<Thing> {
  thing: Ref<Thing | null>;
  error: Ref<ApiError | null>;
  connection: Ref<ConnectionState>;
  /** Stops watching whatever was watched and watches this instead. */
  watchThing: (source: LiveSource<Thing>) => void;
  stop: () => void;
}

/** Errors that a second try cannot mend. */
function isFinal(error: ApiError): boolean {
  return error.status === 401 || error.status === 403 || error.status === 404;
}

/**
 * Watches one thing until it is finished. Doorbells say only that it changed; what this reader may
 * see of it is what `load` answers. Loads never overlap: a doorbell during one asks for another.
 */
export function useLiveEvents<Thing>(): LiveThing<Thing> {
  const thing = shallowRef<Thing | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const connection = ref<ConnectionState>("closed");
  let close: () => void = () => undefined;

  function watchThing(source: LiveSource<Thing>): void {
    close();
    thing.value = null;
    error.value = null;
    connection.value = "connecting";
    close = follow(source);
  }

  function follow(source: LiveSource<Thing>): () => void {
    let closed = false;
    let loading = false;
    let again = false;

    const live = new LiveConnection({
      topics: [source.topic],
      onChange: () => void reload(),
      onState: (state) => (connection.value = state),
    });

    function end(): void {
      closed = true;
      live.close();
      connection.value = "closed";
    }

    async function reload(): Promise<void> {
      if (closed) return;
      if (loading) {
        again = true;
        return;
      }
      loading = true;
      again = false;
      await readOnce();
      setTimeout(() => {
        loading = false;
        if (again) void reload();
      }, MIN_GAP_MS);
    }

    async function readOnce(): Promise<void> {
      try {
        const fresh = await source.load();

        if (closed) return;
        thing.value = fresh;
        error.value = null;
        if (source.isFinished(fresh)) end();
      } catch (caught) {
        if (closed) return;
        const failure = asApiError(caught);
        error.value = failure;
        if (isFinal(failure)) end();
      }
    }

    void reload();
    live.open();
    return end;
  }

  function stop(): void {
    close();
  }

  onScopeDispose(stop);
  return { thing, error, connection, watchThing, stop };
}
