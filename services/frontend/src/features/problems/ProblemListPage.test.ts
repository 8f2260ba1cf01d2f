import userEvent from "@testing-library/user-event";
import { screen, waitFor } from "@testing-library/vue";
import { HttpResponse } from "msw";
import { faultsOf } from "../../../tests/support/axe";
import { show } from "../../../tests/support/render";
import { answer, page, refuse } from "../../../tests/support/server";
import { problemItem } from "../../../tests/support/things";
import ProblemListPage from "./ProblemListPage.vue";

beforeEach(() => {
  answer("get", "/tags", { items: [{ tag: "구현", problems: 1 }] });
});

it("shows what the filters in the address leave", async () => {
  let asked = "";
  answer("get", "/problems", (request) => {
    asked = new URL(request.url).search;
    return HttpResponse.json(page([problemItem({ status: "solved" })]));
  });
  const { container } = await show(ProblemListPage, {
    path: "/problems?q=A&difficulty=very_low&sort=nonsense",
  });
  expect(await screen.findByRole("link", { name: "A + B" })).toBeVisible();
  expect(screen.getByRole("img", { name: "푼 문제" })).toBeVisible();
  expect(asked).toBe("?lang=ko&q=A&difficulty=very_low");
  expect(await faultsOf(container)).toEqual([]);
});

it("goes to the next page and back", async () => {
  answer("get", "/problems", (request) => {
    const second = new URL(request.url).searchParams.get("cursor") === "more";
    const item = problemItem(second ? { slug: "two", title: "둘째" } : {});
    return HttpResponse.json(page([item], second ? null : "more"));
  });
  await show(ProblemListPage, { path: "/problems" });
  const person = userEvent.setup();
  await person.click(await screen.findByRole("button", { name: "다음" }));
  expect(await screen.findByRole("link", { name: "둘째" })).toBeVisible();
  expect(screen.getByRole("button", { name: "다음" })).toBeDisabled();
  await person.click(screen.getByRole("button", { name: "이전" }));
  expect(await screen.findByRole("link", { name: "A + B" })).toBeVisible();
});

it("hides tags for those who want to think alone, also next time", async () => {
  answer("get", "/problems", page([problemItem()]));
  await show(ProblemListPage, { path: "/problems" });
  expect(await screen.findByText("구현", { selector: ".tag" })).toBeVisible();
  await userEvent.setup().click(screen.getByLabelText("태그 보기"));
  expect(screen.queryByText("구현", { selector: ".tag" })).toBeNull();
  expect(localStorage.getItem("codeplace:show-tags")).toBe("no");
});

it("offers another try after a failure of ours", async () => {
  refuse("get", "/problems", 503, { code: "unavailable", message: "잠시 후 다시 시도해 주세요." });
  await show(ProblemListPage, { path: "/problems" });
  expect(await screen.findByRole("alert")).toHaveTextContent("잠시 후");
  answer("get", "/problems", page([problemItem()]));
  await userEvent.setup().click(screen.getByRole("button", { name: "다시 시도" }));
  await waitFor(() => {
    expect(screen.getByRole("link", { name: "A + B" })).toBeVisible();
  });
});
