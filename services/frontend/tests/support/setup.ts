import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/vue";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { loadLocale } from "@/i18n";
import { FakeEventSource } from "./FakeEventSource";
import { server } from "./server";

// A busy machine takes its time to load KaTeX the first time.
configure({ asyncUtilTimeout: 8_000 });

// What jsdom has not: the page asks for it, the tests do not care.
vi.stubGlobal("EventSource", FakeEventSource);
vi.stubGlobal("scrollTo", () => undefined);
vi.stubGlobal("matchMedia", (media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe(): void {
      // Nothing has a size here.
    }
    unobserve(): void {
      // As above.
    }
    disconnect(): void {
      // As above.
    }
  },
);

beforeAll(async () => {
  server.listen({ onUnhandledFrame: "error" });
  await loadLocale("ko");
});
beforeEach(() => {
  // The reader chose Korean; jsdom itself speaks English.
  localStorage.setItem("codeplace:locale", "ko");
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  document.cookie = "csrf_token=; max-age=0";
  FakeEventSource.all.length = 0;
});
afterAll(() => {
  server.close();
});
