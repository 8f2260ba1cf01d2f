import { http, HttpResponse, type JsonBodyType } from "msw";
import { setupServer } from "msw/node";

const BASE = "https://localhost:8443/api/v1";

export const server = setupServer();

type Method = "get" | "post" | "put" | "patch" | "delete";
type Responder = (request: Request) => Promise<Response> | Response;
/** What the api answers: a body, or a function of what was sent. */
type Answer = JsonBodyType | Responder;

/** Answers as a table: `answer("get", "/problems", page([...]))`. */
export function answer(method: Method, path: string, body: Answer, status = 200): void {
  server.use(
    http[method](BASE + path, ({ request }) => {
      if (typeof body === "function") return (body as Responder)(request);
      return status === 204
        ? new HttpResponse(null, { status })
        : HttpResponse.json(body, { status });
    }),
  );
}

export function refuse(
  method: Method,
  path: string,
  status: number,
  error: { code: string; message: string; fields?: Record<string, string[]> },
): void {
  answer(method, path, { error }, status);
}

export function page<Item>(items: Item[], next: string | null = null) {
  return { items, next_cursor: next, total: items.length };
}
