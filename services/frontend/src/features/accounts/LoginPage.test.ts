import userEvent from "@testing-library/user-event";
import { screen, waitFor } from "@testing-library/vue";
import { HttpResponse } from "msw";
import { faultsOf } from "../../../tests/support/axe";
import { show } from "../../../tests/support/render";
import { answer, refuse } from "../../../tests/support/server";
import { ada } from "../../../tests/support/things";
import LoginPage from "./LoginPage.vue";

async function fillIn(): Promise<void> {
  const person = userEvent.setup();
  await person.type(screen.getByLabelText("아이디 또는 이메일"), "ada");
  await person.type(screen.getByLabelText("비밀번호"), "correct horse");
  await person.click(screen.getByRole("button", { name: "로그인" }));
}

it("signs in and returns to where the reader came from", async () => {
  let sent: unknown;
  answer("post", "/auth/login", async (request) => {
    sent = await request.json();
    return HttpResponse.json({ user: ada });
  });
  const { router } = await show(LoginPage, { path: "/login?next=/problems/a-plus-b" });
  await fillIn();
  await waitFor(() => {
    expect(router.currentRoute.value.fullPath).toBe("/problems/a-plus-b");
  });
  expect(sent).toEqual({ login: "ada", password: "correct horse" });
});

it("says what the api said about a wrong password", async () => {
  refuse("post", "/auth/login", 401, {
    code: "invalid_credentials",
    message: "아이디나 비밀번호가 맞지 않습니다.",
  });
  await show(LoginPage, { path: "/login" });
  await fillIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("아이디나 비밀번호가 맞지 않습니다.");
});

it("finds words of its own when no server answers", async () => {
  answer("post", "/auth/login", () => HttpResponse.error());
  await show(LoginPage, { path: "/login" });
  await fillIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("서버에 연결하지 못했습니다");
});

it("can be used with a screen reader", async () => {
  const { container } = await show(LoginPage, { path: "/login" });
  expect(await faultsOf(container)).toEqual([]);
});
