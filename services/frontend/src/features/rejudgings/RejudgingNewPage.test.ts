import { screen } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { HttpResponse } from "msw";
import { show } from "../../../tests/support/render";
import { answer, page } from "../../../tests/support/server";
import { rejudging } from "../../../tests/support/things";
import RejudgingNewPage from "./RejudgingNewPage.vue";

it("starts only what was previewed", async () => {
  let sent: unknown;
  answer("get", "/languages", page([]));
  answer("post", "/rejudgings/preview", {
    submissions: 2,
    taken: 1,
    problems: ["a-plus-b"],
    verdicts: [{ verdict: "WA", count: 2 }],
  });
  answer("post", "/rejudgings", async (request) => {
    sent = await request.json();
    return HttpResponse.json(rejudging(), { status: 201 });
  });
  const { router } = await show(RejudgingNewPage, { path: "/rejudgings/new?problem=a-plus-b" });
  await userEvent.type(screen.getByLabelText("이유"), "시험");
  const start = screen.getByRole("button", { name: "시작" });
  expect(start).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "미리 보기" }));
  expect(await screen.findByText(/제출 2개를 다시 채점합니다/)).toBeVisible();
  expect(screen.getByText(/1개는 끝나지 않은 다른 재채점/)).toBeVisible();
  await userEvent.click(start);
  await vi.waitFor(() => {
    expect(router.currentRoute.value.name).toBe("rejudging");
  });
  expect(sent).toEqual({ reason: "시험", filter: { problem: "a-plus-b" }, apply: "manual" });
});
