/** How one line of the output found stands against the output expected. */
export interface LinePair {
  expected: string | null;
  found: string | null;
  same: boolean;
}

function linesOf(text: string): string[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  while (lines.length > 0 && lines.at(-1)?.trim() === "") lines.pop();
  return lines;
}

/** Tokens decide, as in the judge's default comparison: blanks are not a mistake. */
function sameTokens(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return false;
  return left.trim().split(/\s+/).join(" ") === right.trim().split(/\s+/).join(" ");
}

/** Line by line, for a reader's eye only: whether it is right, the judge has said. */
export function compareOutput(expected: string, found: string): LinePair[] {
  const left = linesOf(expected);
  const right = linesOf(found);
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, index) => {
    const pair = { expected: left[index] ?? null, found: right[index] ?? null };
    return { ...pair, same: sameTokens(pair.expected, pair.found) };
  });
}
