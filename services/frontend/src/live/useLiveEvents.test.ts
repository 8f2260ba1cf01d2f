import { effectScope } from "vue";
import { ApiError } from "@/api";
import { FakeEventSource } from "../../tests/support/FakeEventSource";
import { useLiveEvents } from "./useLiveEvents";

interface Thing {
  step: number;
  done: boolean;
}

function watched(load: () => Promise<Thing>) {
  const scope = effectScope();
  const live = scope.run(() => useLiveEvents<Thing>())!;
  live.watchThing({ topic: "thing:1", load, isFinished: ({ done }) => done });
  return { live, scope };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("reads again at each doorbell until the end, then closes the stream", async () => {
  let step = 0;
  const load = vi.fn(() => Promise.resolve({ step: ++step, done: step === 3 }));
  const { live, scope } = watched(load);
  await vi.advanceTimersByTimeAsync(200);
  FakeEventSource.last.open();
  await vi.advanceTimersByTimeAsync(200);
  FakeEventSource.last.ring();
  await vi.advanceTimersByTimeAsync(200);
  expect(live.thing.value).toEqual({ step: 3, done: true });
  expect(FakeEventSource.last.isClosed).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(3);
  scope.stop();
});

it("reaches the end by polling when no stream ever opens", async () => {
  let step = 0;
  const { live, scope } = watched(() => Promise.resolve({ step: ++step, done: step === 4 }));
  FakeEventSource.last.fail();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(live.thing.value?.done).toBe(true);
  expect(live.connection.value).toBe("closed");
  scope.stop();
});

it("goes on after a passing failure and keeps what it knew", async () => {
  const load = vi
    .fn<() => Promise<Thing>>()
    .mockResolvedValueOnce({ step: 1, done: false })
    .mockRejectedValueOnce(new ApiError(503, { code: "unavailable", message: "" }))
    .mockResolvedValue({ step: 3, done: true });
  const { live, scope } = watched(load);
  FakeEventSource.last.fail();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(live.thing.value?.step).toBe(3);
  expect(live.error.value).toBeNull();
  scope.stop();
});

it("gives up where a second try cannot help", async () => {
  const load = vi.fn(() => Promise.reject(new ApiError(404, { code: "not_found", message: "" })));
  const { live, scope } = watched(load);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  expect(live.error.value?.code).toBe("not_found");
  scope.stop();
});

it("joins the doorbells that ring while it is reading", async () => {
  const load = vi.fn(
    () =>
      new Promise<Thing>((resolve) => {
        setTimeout(() => {
          resolve({ step: 1, done: false });
        }, 500);
      }),
  );
  const { scope } = watched(load);
  for (let rings = 0; rings < 20; rings++) FakeEventSource.last.ring();
  await vi.advanceTimersByTimeAsync(1300);
  expect(load).toHaveBeenCalledTimes(2);
  scope.stop();
});
