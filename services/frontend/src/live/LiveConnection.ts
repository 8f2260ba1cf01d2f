import { backoffMs } from "./backoff";

const POLL_LIVE_MS = 15_000;
const POLL_ALONE_MS = 1_500;

export type ConnectionState = "connecting" | "live" | "polling" | "closed";

export interface LiveOptions {
  topics: string[];
  /** Something may have changed: read it again. */
  onChange: () => void;
  onState?: (state: ConnectionState) => void;
  createSource?: (url: string) => EventSource;
}

function liveUrl(topics: string[]): string {
  const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join("&");
  return `/api/v1/live?${query}`;
}

/**
 * A stream of doorbells for some topics. It has four duties: connect again after a loss, with
 * back-off and jitter; poll while there is no stream; poll slowly even when there is one, since a
 * doorbell may be lost; and be silent for good once closed.
 */
export class LiveConnection {
  private source: EventSource | null = null;
  private attempt = 0;
  private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private state: ConnectionState = "connecting";
  private readonly options: LiveOptions;

  constructor(options: LiveOptions) {
    this.options = options;
  }

  open(): void {
    this.connect();
    this.schedulePoll();
  }

  close(): void {
    this.setState("closed");
    clearTimeout(this.reconnectTimer);
    clearTimeout(this.pollTimer);
    this.source?.close();
    this.source = null;
  }

  private connect(): void {
    const create = this.options.createSource ?? ((url: string) => new EventSource(url));
    const source = create(liveUrl(this.options.topics));
    this.source = source;
    source.addEventListener("open", () => {
      this.attempt = 0;
      this.setState("live");
      this.schedulePoll();
      // What happened while there was no stream has no doorbell any more.
      this.options.onChange();
    });
    source.addEventListener("doorbell", () => {
      this.options.onChange();
    });
    source.addEventListener("error", () => {
      this.lost(source);
    });
  }

  /** The browser's own reconnecting has no jitter and gives up on an HTTP error: ours takes over. */
  private lost(source: EventSource): void {
    source.close();
    if (this.state === "closed" || this.source !== source) return;
    this.source = null;
    this.setState("polling");
    this.schedulePoll();
    const wait = backoffMs(this.attempt);
    this.attempt += 1;
    this.reconnectTimer = setTimeout(() => {
      this.connect();
    }, wait);
  }

  private schedulePoll(): void {
    clearTimeout(this.pollTimer);
    if (this.state === "closed") return;
    const wait = this.state === "live" ? POLL_LIVE_MS : POLL_ALONE_MS;
    this.pollTimer = setTimeout(() => {
      this.options.onChange();
      this.schedulePoll();
    }, wait);
  }

  private setState(state: ConnectionState): void {
    if (this.state === "closed" || this.state === state) return;
    this.state = state;
    this.options.onState?.(state);
  }
}
