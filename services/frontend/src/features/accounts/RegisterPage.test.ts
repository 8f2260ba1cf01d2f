import userEvent from "@testing-library/user-event";
import { screen } from "@testing-library/vue";
import { HttpResponse } from "msw";
import { faultsOf } from "../../../tests/support/axe";
import { show } from "../../../tests/support/render";
import { answer, refuse } from "../../../tests/support/server";
import { ada } from "../../../tests/support/things";
import RegisterPage from "./RegisterPage.vue";

async function fillIn(): Promise<void> {
  const person = userEvent.setup();
  await person.type(screen.getByLabelText("아이디"), "ada");
  await person.type(screen.getByLabelText("이메일"), "ada@example.org");
  await person.type(screen.getByLabelText("비밀번호"), "correct horse");
  await person.click(screen.getByRole("button", { name: "회원가입" }));
}

it("puts each fault beside its field", async () => {
  refuse("post", "/auth/register", 422, {
    code: "validation_failed",
    message: "입력한 내용을 확인해 주세요.",
    fields: { username: ["이미 쓰고 있는 아이디입니다."], email: ["이메일 주소가 아닙니다."] },
  });
  const { container } = await show(RegisterPage);
  await fillIn();
  const username = await screen.findByLabelText("아이디");
  expect(username).toHaveAccessibleDescription(/이미 쓰고 있는 아이디입니다/);
  expect(username).toBeInvalid();
  expect(screen.getByLabelText("이메일")).toHaveAccessibleDescription(/이메일 주소가 아닙니다/);
  expect(screen.getByLabelText("비밀번호")).toBeValid();
  expect(await faultsOf(container)).toEqual([]);
});

it("tells where the mail went, and sends no field that was left empty", async () => {
  let sent: unknown;
  answer("post", "/auth/register", async (request) => {
    sent = await request.json();
    return HttpResponse.json({ user: ada }, { status: 201 });
  });
  await show(RegisterPage);
  await fillIn();
  expect(await screen.findByRole("status")).toHaveTextContent("ada@example.org");
  expect(sent).toEqual({
    username: "ada",
    email: "ada@example.org",
    password: "correct horse",
    locale: "ko",
  });
});
