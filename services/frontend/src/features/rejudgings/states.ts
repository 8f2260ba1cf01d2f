import type { Rejudging, RejudgingItem } from "@/api";

/** Whether it goes on without a person: it is judged, or about to be applied by itself. */
export function mayChangeByItself({ state, apply }: Pick<Rejudging, "state" | "apply">): boolean {
  return state === "judging" || (state === "ready" && apply === "auto");
}

export function isOpen({ state }: Pick<RejudgingItem, "state">): boolean {
  return state === "judging" || state === "ready";
}

export const OUTCOMES = ["changed", "same", "judge_error", "outdated", "pending"] as const;
