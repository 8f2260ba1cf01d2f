import { screen } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { HttpResponse } from "msw";
import { show } from "../../../tests/support/render";
import { answer, page, refuse } from "../../../tests/support/server";
import { rejudging } from "../../../tests/support/things";
import RejudgingPage from "./RejudgingPage.vue";

const { id } = rejudging();
const change = {
  submission: "01a2062a-0000-7000-8000-00000000000b",
  problem: "a-plus-b",
  user: "ada",
  language: "cpp",
  submitted_at: "2026-11-23T00:00:00Z",
  state: "finished",
  outcome: "changed",
  old_verdict: "WA",
  new_verdict: "AC",
  old_points: null,
  new_points: null,
  old_cpu_time_ms: 7,
  new_cpu_time_ms: 9,
  reason: "",
  finished_at: "2026-11-23T00:01:00Z",
};

beforeEach(() => {
  answer("get", `/rejudgings/${id}/changes`, page([change]));
});

it("shows progress and what would change, and cannot be applied before all is judged", async () => {
  answer("get", `/rejudgings/${id}`, rejudging());
  await show(RejudgingPage, { props: { id } });
  expect(await screen.findByText("2개 중 1개 채점됨")).toBeVisible();
  expect(await screen.findByRole("row", { name: /a-plus-b · ada/ })).toHaveTextContent(
    "틀렸습니다",
  );
  expect(screen.getByRole("button", { name: "적용" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "재채점 취소" })).toBeEnabled();
});

it("is applied as a whole, and can then neither be applied nor cancelled", async () => {
  let now = rejudging({ state: "ready" });
  answer("get", `/rejudgings/${id}`, () => HttpResponse.json(now));
  answer("post", `/rejudgings/${id}/apply`, () => {
    now = rejudging({ state: "applied", applied_at: "2026-11-23T00:02:00Z" });
    return HttpResponse.json(now);
  });
  await show(RejudgingPage, { props: { id } });
  await userEvent.click(await screen.findByRole("button", { name: "적용" }));
  expect(await screen.findByText("적용됨")).toBeVisible();
  expect(screen.queryByRole("button", { name: "적용" })).toBeNull();
  expect(screen.queryByRole("button", { name: "재채점 취소" })).toBeNull();
});

it("says why it could not be cancelled", async () => {
  answer("get", `/rejudgings/${id}`, rejudging({ state: "ready" }));
  const error = { code: "rejudging_applied", message: "이미 적용되었습니다." };
  refuse("post", `/rejudgings/${id}/cancel`, 409, error);
  await show(RejudgingPage, { props: { id } });
  await userEvent.click(await screen.findByRole("button", { name: "재채점 취소" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("이미 적용되었습니다.");
});
