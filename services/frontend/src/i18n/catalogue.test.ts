import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import en from "./en";
import ko from "./ko";

interface Texts {
  [key: string]: string | Texts;
}

function flat(texts: Texts, prefix = ""): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const korean = flat(ko);
const english = flat(en);
const root = path.resolve(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(path.join(root, name), "utf8"));

it("has the same keys and the same places to fill in both languages", () => {
  expect([...english.keys()]).toEqual([...korean.keys()]);
  for (const [key, text] of korean) {
    const places = (value: string) => (value.match(/\{\w+\}/g) ?? []).sort();
    expect(places(english.get(key)!), key).toEqual(places(text));
  }
});

it("has no empty text, and no Korean letters in English", () => {
  for (const [key, text] of english) {
    expect(text.trim(), key).not.toBe("");
    expect(text, key).not.toMatch(/[가-힣]/);
  }
});

it("knows every key that the page asks for", () => {
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/\bt\(\s*["'`]([\w.]+)["'`]/g)].map((match) => match[1]!),
  );
  expect(asked.length).toBeGreaterThan(100);
  expect([...new Set(asked)].filter((key) => !korean.has(key))).toEqual([]);
});
