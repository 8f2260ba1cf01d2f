import type { Extension } from "@codemirror/state";

type Loader = () => Promise<Extension>;

const cpp: Loader = async () => (await import("@codemirror/lang-cpp")).cpp();
const javascript: Loader = async () => (await import("@codemirror/lang-javascript")).javascript();
const python: Loader = async () => (await import("@codemirror/lang-python")).python();

async function kotlin(): Promise<Extension> {
  const [{ StreamLanguage }, { kotlin: mode }] = await Promise.all([
    import("@codemirror/language"),
    import("@codemirror/legacy-modes/mode/clike"),
  ]);
  return StreamLanguage.define(mode);
}

async function ruby(): Promise<Extension> {
  const [{ StreamLanguage }, { ruby: mode }] = await Promise.all([
    import("@codemirror/language"),
    import("@codemirror/legacy-modes/mode/ruby"),
  ]);
  return StreamLanguage.define(mode);
}

/** By the ids of the Kattis list; a language without an entry is edited as plain text. */
const LOADERS: Record<string, Loader> = {
  c: cpp,
  cpp,
  java: async () => (await import("@codemirror/lang-java")).java(),
  python3: python,
  pypy3: python,
  javascript,
  typescript: async () =>
    (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  go: async () => (await import("@codemirror/lang-go")).go(),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
  kotlin,
  ruby,
};

export async function languageSupport(id: string): Promise<Extension> {
  return (await LOADERS[id]?.()) ?? [];
}
