import { compareOutput } from "./compareOutput";

it("pairs the lines and says which differ", () => {
  expect(compareOutput("1\n2\n", "1\n3\n")).toEqual([
    { expected: "1", found: "1", same: true },
    { expected: "2", found: "3", same: false },
  ]);
});

it("does not mind blanks, carriage returns and empty lines at the end", () => {
  expect(compareOutput("1 2\n", "1  2 \r\n\n\n").every(({ same }) => same)).toBe(true);
});

it("shows lines that are missing or too many", () => {
  expect(compareOutput("1\n2\n", "1\n")[1]).toEqual({ expected: "2", found: null, same: false });
  expect(compareOutput("1\n", "1\n2\n")[1]).toEqual({ expected: null, found: "2", same: false });
});
