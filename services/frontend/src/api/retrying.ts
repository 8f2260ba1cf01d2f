const WAITS_MS = [300, 1_200];

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Tries again what a moment without network made fail: a train's tunnel, a laptop changing from
 * cable to air. Only for what may safely happen twice.
 */
export async function retrying<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (const wait of WAITS_MS) {
    try {
      return await attempt();
    } catch {
      await sleep(wait);
    }
  }
  return attempt();
}
