import { FakeEventSource } from "../../tests/support/FakeEventSource";
import { LiveConnection } from "./LiveConnection";

const onChange = vi.fn();
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  onChange.mockReset();
  connection = new LiveConnection({ topics: ["submission:1"], onChange });
  connection.open();
});
afterEach(() => {
  connection.close();
  vi.useRealTimers();
});

it("asks for its topics", () => {
  expect(FakeEventSource.last.url).toBe("/api/v1/live?topic=submission%3A1");
});

it("tells of every doorbell", () => {
  FakeEventSource.last.open();
  FakeEventSource.last.ring();
  FakeEventSource.last.ring();
  // Once for what may have been missed before the stream was open.
  expect(onChange).toHaveBeenCalledTimes(3);
});

it("polls while there is no stream, and connects again", () => {
  FakeEventSource.last.fail();
  vi.advanceTimersByTime(1600);
  expect(onChange).toHaveBeenCalledTimes(1);
  expect(FakeEventSource.all).toHaveLength(2);
});

it("polls seldom while the stream is open", () => {
  FakeEventSource.last.open();
  onChange.mockReset();
  vi.advanceTimersByTime(14_000);
  expect(onChange).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2000);
  expect(onChange).toHaveBeenCalledTimes(1);
});

it("is silent once closed", () => {
  const source = FakeEventSource.last;
  connection.close();
  source.fail();
  vi.advanceTimersByTime(60_000);
  expect(source.isClosed).toBe(true);
  expect(onChange).not.toHaveBeenCalled();
  expect(FakeEventSource.all).toHaveLength(1);
});
