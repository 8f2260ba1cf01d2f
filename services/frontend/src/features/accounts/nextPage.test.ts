import { nextPage } from "./nextPage";

it("returns to a page of this site", () => {
  expect(nextPage("/problems/a-plus-b?tab=1")).toBe("/problems/a-plus-b?tab=1");
});

it.each(["https://evil.example", "//evil.example", "/\\evil.example", "", undefined])(
  "never leaves this site for %s",
  (value) => {
    expect(nextPage(value)).toBe("/");
  },
);
