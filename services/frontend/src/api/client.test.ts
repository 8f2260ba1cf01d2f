import { HttpResponse } from "msw";
import { answer } from "../../tests/support/server";
import { ask, client, onSessionEnd, setApiLanguage } from "./client";

it("repeats the CSRF cookie on writes and speaks the page's language", async () => {
  document.cookie = "csrf_token=abc";
  setApiLanguage("en");
  const seen: Headers[] = [];
  answer("post", "/auth/logout", (request) => {
    seen.push(request.headers);
    return new HttpResponse(null, { status: 204 });
  });
  answer("get", "/statistics", (request) => {
    seen.push(request.headers);
    return HttpResponse.json({});
  });
  await ask(client.POST("/auth/logout"));
  await ask(client.GET("/statistics"));
  expect(seen.map((headers) => headers.get("X-CSRF-Token"))).toEqual(["abc", null]);
  expect(seen[0]?.get("Accept-Language")).toBe("en");
  setApiLanguage("ko");
});

it("makes one error of whatever went wrong", async () => {
  answer("get", "/statistics", () => new HttpResponse("<html>", { status: 500 }));
  await expect(ask(client.GET("/statistics"))).rejects.toMatchObject({
    code: "unreadable",
    status: 500,
  });
  answer("get", "/statistics", () => HttpResponse.error());
  await expect(ask(client.GET("/statistics"))).rejects.toMatchObject({
    code: "network",
    status: 0,
  });
});

it("tells the application when the session is over, but not of a wrong password", async () => {
  const ended = vi.fn();
  onSessionEnd(ended);
  answer("post", "/auth/login", { error: { code: "invalid_credentials", message: "" } }, 401);
  const body = { login: "a", password: "b" };
  await ask(client.POST("/auth/login", { body })).catch(() => undefined);
  expect(ended).not.toHaveBeenCalled();
  answer("get", "/me", { error: { code: "session_expired", message: "" } }, 401);
  await ask(client.GET("/me")).catch(() => undefined);
  expect(ended).toHaveBeenCalledTimes(1);
});
