import createClient, { type Middleware } from "openapi-fetch";
import { csrfToken } from "./cookies";
import { type ApiError, networkError, toApiError } from "./errors";
import { retrying } from "./retrying";
import type { paths } from "./schema";
import type { Closed } from "./types";

export const API_BASE = "/api/v1";

type Listener = (error: ApiError) => void;

let language = "ko";
let onSessionLost: Listener = () => undefined;

/** Errors come back in the language of the page, whatever the browser's own is. */
export function setApiLanguage(locale: string): void {
  language = locale;
}

export function onSessionEnd(listener: Listener): void {
  onSessionLost = listener;
}

export function writeHeaders(): Record<string, string> {
  const token = csrfToken();
  return { "Accept-Language": language, ...(token ? { "X-CSRF-Token": token } : {}) };
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language);
    const token = csrfToken();
    if (token && request.method !== "GET") request.headers.set("X-CSRF-Token", token);
    return request;
  },
};

type Paths = {
  [
    Path in keyof paths as Path extends `${typeof API_BASE}${infer Rest}` ? Rest : never
  ]: paths[Path];
};

export const client = createClient<Paths>({
  baseUrl: `${location.origin}${API_BASE}`,
  // `fetch` is looked up at each call, so that tests may put their own in its place. Reading may
  // be tried again; whether a write that failed has arrived, nobody knows.
  fetch: (request) =>
    request.method === "GET"
      ? retrying(() => globalThis.fetch(request.clone()))
      : globalThis.fetch(request),
});
client.use(headers);

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answer, or an ApiError thrown. */
export async function ask<Data>(call: Promise<Answer<Data>>): Promise<Closed<Data>> {
  const answer = await call.catch(() => {
    throw networkError();
  });
  if (answer.response.ok) return answer.data as Closed<Data>;
  const error = toApiError(answer.response, answer.error);
  if (error.status === 401 && error.code !== "invalid_credentials") onSessionLost(error);
  throw error;
}
