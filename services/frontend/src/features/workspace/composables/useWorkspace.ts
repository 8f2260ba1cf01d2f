import { ref } from "vue";
import { useSession } from "@/stores/session";
import { usePlayground } from "./usePlayground";
import { useSubmit } from "./useSubmit";

export type ResultTab = "samples" | "own" | "submission";

interface Program {
  problem: string;
  language: string;
  source: string;
}

/** What can be done with the program in the editor, and where its results are shown. */
export function useWorkspace(program: () => Program) {
  const session = useSession();
  const tab = ref<ResultTab>("samples");
  const stdin = ref("");
  const samples = usePlayground();
  const own = usePlayground();
  const submitting = useSubmit();

  async function runSamples(): Promise<void> {
    tab.value = "samples";
    // Visitors see the invitation to log in; their code stays in the browser.
    if (!session.isSignedIn || samples.isRunning.value) return;
    await samples.start(program());
  }

  async function runOwn(): Promise<void> {
    tab.value = "own";
    if (!session.isSignedIn || own.isRunning.value) return;
    const { language, source } = program();
    await own.start({ language, source, stdin: stdin.value });
  }

  function run(): void {
    void (tab.value === "own" ? runOwn() : runSamples());
  }

  function submit(): void {
    tab.value = "submission";
    if (!session.isSignedIn || submitting.isSending.value) return;
    void submitting.submit(program());
  }

  return { tab, stdin, samples, own, submitting, run, runOwn, submit };
}
