import userEvent from "@testing-library/user-event";
import { fireEvent, screen, waitFor } from "@testing-library/vue";
import { HttpResponse } from "msw";
import { show } from "../../../tests/support/render";
import { answer, page, refuse } from "../../../tests/support/server";
import { problem, submission } from "../../../tests/support/things";
import ProblemPage from "./ProblemPage.vue";

vi.mock("@/ui/code/CodeView.vue", () => import("../../../tests/support/PlainEditor.vue"));

const languages = ["cpp", "python3"].map((id) => ({
  id,
  name: id === "cpp" ? "C++" : "Python 3",
  version: "1",
  extensions: [],
  compile_command: "",
  run_command: "",
  available: true,
}));

beforeEach(() => {
  answer("get", "/problems/a-plus-b", problem());
  answer("get", "/languages", page(languages));
  answer("get", "/submissions", page([]));
});

async function open(signedIn: boolean) {
  const view = await show(ProblemPage, {
    props: { slug: "a-plus-b" },
    path: "/problems/a-plus-b",
    signedIn,
  });
  const editor = await screen.findByLabelText(/코드 입력/);
  return { ...view, editor };
}

it("shows the statement with its formulas, samples and limits", async () => {
  const { container } = await open(false);
  expect(screen.getByRole("heading", { name: "A + B" })).toBeVisible();
  await waitFor(() => {
    expect(container.querySelector(".katex")).not.toBeNull();
  });
  expect(screen.getByRole("region", { name: "예제 입력 1" })).toHaveTextContent("1 2");
  expect(screen.getByText("256 MiB")).toBeVisible();
});

it("invites a visitor to log in and keeps the code", async () => {
  const { editor } = await open(false);
  await fireEvent.update(editor, "int main(){}");
  await userEvent.setup().click(screen.getByRole("button", { name: "제출" }));
  const [link] = screen.getAllByRole("link", { name: "로그인" });
  expect(link).toHaveAttribute("href", "/login?next=/problems/a-plus-b");
  expect(localStorage.getItem("codeplace:draft:a-plus-b:cpp")).toBe("int main(){}");
});

it("runs on the samples and compares what was expected with what was found", async () => {
  let sent: unknown;
  answer("post", "/playground-runs", async (request) => {
    sent = await request.json();
    return HttpResponse.json({ id: "p1" }, { status: 202 });
  });
  answer("get", "/playground-runs/p1", {
    id: "p1",
    language: "cpp",
    problem: "a-plus-b",
    state: "finished",
    verdict: "WA",
    compile_output: "",
    stdout: "4\n",
    stderr: "",
    runs: [
      {
        ordinal: 1,
        test_case: "1",
        verdict: "WA",
        stdout: "4\n",
        stderr: "",
        output_truncated: false,
        cpu_time_ms: 1,
        wall_time_ms: 1,
        memory_kib: 1024,
        exit_code: 0,
        signal: null,
        message: "",
      },
    ],
  });
  const { editor } = await open(true);
  await fireEvent.update(editor, "code");
  await fireEvent.keyDown(editor, { key: "Enter", ctrlKey: true });
  expect(await screen.findByText("예제 1개 중 0개를 통과했습니다.")).toBeVisible();
  const diff = screen.getByRole("region", { name: "기대한 출력과 실제 출력" });
  expect(diff).toHaveTextContent("3");
  expect(diff).toHaveTextContent("4");
  expect(sent).toEqual({ problem: "a-plus-b", language: "cpp", source: "code" });
});

it("submits by keyboard and shows the verdict", async () => {
  answer("post", "/submissions", { id: submission().id, state: "queued" }, 202);
  answer(
    "get",
    `/submissions/${submission().id}`,
    submission({ state: "finished", verdict: "AC", finished_at: "2026-11-23T00:00:01Z" }),
  );
  const { editor } = await open(true);
  await fireEvent.keyDown(editor, { key: "Enter", ctrlKey: true, shiftKey: true });
  expect(await screen.findByText("맞았습니다")).toBeVisible();
  expect(screen.getByText("모든 테스트를 통과했습니다.")).toBeVisible();
});

it("says precisely why a program was not taken", async () => {
  refuse("post", "/submissions", 422, { code: "source_empty", message: "코드가 비어 있습니다." });
  const { editor } = await open(true);
  await fireEvent.update(editor, "");
  await userEvent.setup().click(screen.getByRole("button", { name: "제출" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("코드가 비어 있습니다.");
});
