import type { Difficulty } from "@/api";

/** Easiest first, with the points of a solved problem (the api derives the ranking from the same). */
export const DIFFICULTIES: readonly { name: Difficulty; level: number; points: number }[] = [
  { name: "very_low", level: 1, points: 10 },
  { name: "low", level: 2, points: 20 },
  { name: "mid", level: 3, points: 160 },
  { name: "high", level: 4, points: 640 },
  { name: "very_high", level: 5, points: 1280 },
];

export const DIFFICULTY_NAMES = DIFFICULTIES.map(({ name }) => name);

export function levelOf(difficulty: Difficulty): number {
  return DIFFICULTIES.find(({ name }) => name === difficulty)?.level ?? 0;
}
