/** What the list of problems can be asked for; the words are the api's. */
export const STATUSES = ["solved", "tried", "unsolved"] as const;

export const SORTS = [
  { value: "number", text: "number" },
  { value: "-newest", text: "newest" },
  { value: "difficulty", text: "easiest" },
  { value: "-difficulty", text: "hardest" },
  { value: "-acceptance", text: "acceptance" },
] as const;

export const SORT_VALUES = SORTS.map(({ value }) => value);
