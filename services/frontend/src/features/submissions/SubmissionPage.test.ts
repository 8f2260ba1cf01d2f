import { screen } from "@testing-library/vue";
import { HttpResponse } from "msw";
import { FakeEventSource } from "../../../tests/support/FakeEventSource";
import { show } from "../../../tests/support/render";
import { answer, page, refuse } from "../../../tests/support/server";
import { run, submission } from "../../../tests/support/things";
import SubmissionPage from "./SubmissionPage.vue";

const id = submission().id;
const forbidden = { code: "forbidden", message: "" };

beforeEach(() => {
  answer("get", "/languages", page([]));
  refuse("get", `/submissions/${id}/source`, 403, forbidden);
});

it("follows a submission from its place in the queue to its verdict", async () => {
  const steps = [
    submission(),
    submission({ state: "compiling", queue_position: null }),
    submission({ state: "running", queue_position: null, runs: [run()] }),
    submission({
      state: "finished",
      verdict: "WA",
      queue_position: null,
      cpu_time_ms: 12,
      runs: [run(), run({ ordinal: 2, test_case: "secret/01", sample: false, verdict: "WA" })],
    }),
  ];
  let step = 0;
  answer("get", `/submissions/${id}`, () => HttpResponse.json(steps[Math.min(step++, 3)]));
  await show(SubmissionPage, { props: { id }, signedIn: true });
  expect(await screen.findByText("채점 대기 중입니다. 앞에서 2번째입니다.")).toBeVisible();
  FakeEventSource.last.open();
  expect(await screen.findByText("컴파일하고 있습니다.")).toBeVisible();
  FakeEventSource.last.ring();
  expect(await screen.findByText("테스트 3개 중 2번째를 실행하고 있습니다.")).toBeVisible();
  expect(screen.getByRole("progressbar")).toHaveAttribute("value", "1");
  FakeEventSource.last.ring();
  expect(await screen.findByText("틀렸습니다")).toBeVisible();
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.getByRole("row", { name: /secret\/01/ })).toHaveTextContent("WA");
  expect(FakeEventSource.last.isClosed).toBe(true);
});

it("never shows a verdict it does not know as a pass", async () => {
  const unknown = { ...submission({ state: "finished" }), verdict: "XX" };
  answer("get", `/submissions/${id}`, unknown);
  await show(SubmissionPage, { props: { id } });
  expect(await screen.findByText("끝남")).toBeVisible();
  expect(screen.queryByText("맞았습니다")).toBeNull();
});

it("says that there is no such submission", async () => {
  refuse("get", `/submissions/${id}`, 404, { code: "not_found", message: "찾을 수 없습니다." });
  await show(SubmissionPage, { props: { id } });
  expect(await screen.findByRole("alert")).toHaveTextContent("찾을 수 없습니다.");
});

it("offers to judge again to the jury of the problem alone", async () => {
  for (const reason of [null, ""]) {
    answer("get", `/submissions/${id}`, submission({ state: "finished", verdict: "WA", reason }));
    const view = await show(SubmissionPage, { props: { id }, signedIn: true });
    expect(await screen.findByText("틀렸습니다")).toBeVisible();
    expect(screen.queryAllByRole("button", { name: "재채점" })).toHaveLength(
      reason === null ? 0 : 1,
    );
    view.unmount();
  }
});
