const FIRST_MS = 500;
const MOST_MS = 15_000;

/**
 * How long to wait before try number `attempt` (from 0). Full jitter: after a restart of the
 * server a thousand pages must not come back in the same instant.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
