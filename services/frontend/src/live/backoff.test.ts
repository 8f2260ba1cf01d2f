import { backoffMs } from "./backoff";

it("waits longer after each failure, up to a limit", () => {
  const waits = [0, 1, 2, 10, 30].map((attempt) => backoffMs(attempt, () => 1));
  expect(waits).toEqual([500, 1000, 2000, 15_000, 15_000]);
});

it("spreads the pages that lost the same server", () => {
  expect(backoffMs(3, () => 0)).toBe(2000);
  expect(backoffMs(3, () => 1)).toBe(4000);
});
