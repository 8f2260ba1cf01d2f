import type { StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

type Loader = () => Promise<Extension>;
type LegacyLoader = () => Promise<StreamParser<unknown>>;

const cpp: Loader = async () => (await import("@codemirror/lang-cpp")).cpp();
const python: Loader = async () => (await import("@codemirror/lang-python")).python();

/** By the ids of the Kattis list; a language without an entry is edited as plain text. */
const GRAMMARS: Record<string, Loader> = {
  c: cpp,
  cpp,
  cpp17: cpp,
  cpp23: cpp,
  java: async () => (await import("@codemirror/lang-java")).java(),
  python3: python,
  pypy3: python,
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  typescript: async () =>
    (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  go: async () => (await import("@codemirror/lang-go")).go(),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
};

/** Languages that have only a line-by-line colouring from CodeMirror 5. */
const LEGACY: Record<string, LegacyLoader> = {
  kotlin: async () => (await import("@codemirror/legacy-modes/mode/clike")).kotlin,
  csharp: async () => (await import("@codemirror/legacy-modes/mode/clike")).csharp,
  scala: async () => (await import("@codemirror/legacy-modes/mode/clike")).scala,
  ruby: async () => (await import("@codemirror/legacy-modes/mode/ruby")).ruby,
  pascal: async () => (await import("@codemirror/legacy-modes/mode/pascal")).pascal,
  haskell: async () => (await import("@codemirror/legacy-modes/mode/haskell")).haskell,
  ocaml: async () => (await import("@codemirror/legacy-modes/mode/mllike")).oCaml,
  perl: async () => (await import("@codemirror/legacy-modes/mode/perl")).perl,
  lua: async () => (await import("@codemirror/legacy-modes/mode/lua")).lua,
  fortran: async () => (await import("@codemirror/legacy-modes/mode/fortran")).fortran,
  bash: async () => (await import("@codemirror/legacy-modes/mode/shell")).shell,
  d: async () => (await import("@codemirror/legacy-modes/mode/d")).d,
  lisp: async () => (await import("@codemirror/legacy-modes/mode/commonlisp")).commonLisp,
  erlang: async () => (await import("@codemirror/legacy-modes/mode/erlang")).erlang,
};

async function legacySupport(load: LegacyLoader): Promise<Extension> {
  const [{ StreamLanguage }, parser] = await Promise.all([import("@codemirror/language"), load()]);
  return StreamLanguage.define(parser);
}

export async function languageSupport(id: string): Promise<Extension> {
  const legacy = LEGACY[id];
  if (legacy) return legacySupport(legacy);
  return (await GRAMMARS[id]?.()) ?? [];
}
