import { screen } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { HttpResponse } from "msw";
import { useToasts } from "@/stores/toasts";
import { show } from "../../../tests/support/render";
import { answer, refuse } from "../../../tests/support/server";
import { rejudging, submission } from "../../../tests/support/things";
import { RejudgeButton } from ".";

const { id } = submission();

it("judges one submission again and says when its verdict may be read anew", async () => {
  const steps = [
    rejudging({ apply: "auto" }),
    rejudging({ apply: "auto", state: "ready" }),
    rejudging({ apply: "auto", state: "applied" }),
  ];
  let step = 0;
  let sent: unknown;
  answer("post", "/rejudgings", async (request) => {
    sent = await request.json();
    return HttpResponse.json(steps[0], { status: 201 });
  });
  answer("get", `/rejudgings/${rejudging().id}`, () => HttpResponse.json(steps[step++]));
  const view = await show(RejudgeButton, { props: { submission: id } });
  await userEvent.click(screen.getByRole("button", { name: "재채점" }));
  await vi.waitFor(
    () => {
      expect(view.emitted()).toHaveProperty("done");
    },
    { timeout: 9_000 },
  );
  expect(sent).toMatchObject({ filter: { submission: id }, apply: "auto" });
  expect(useToasts().toasts.map(({ text }) => text)).toEqual([
    "다시 채점했습니다. 결과가 바뀌었습니다.",
  ]);
}, 15_000);

it("says why a submission is not judged again", async () => {
  const error = { code: "rejudging_overlaps", message: "다른 재채점에 들어 있습니다." };
  refuse("post", "/rejudgings", 409, error);
  await show(RejudgeButton, { props: { submission: id } });
  await userEvent.click(screen.getByRole("button", { name: "재채점" }));
  await vi.waitFor(() => {
    expect(useToasts().toasts).toMatchObject([{ kind: "error", text: error.message }]);
  });
  expect(screen.getByRole("button", { name: "재채점" })).toBeEnabled();
});
