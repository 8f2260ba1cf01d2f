import type { ErrorBody, FaultDetail } from "./types";

/** What went wrong with one request, in the terms a page needs to tell a person about it. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Record<string, string[]>;
  readonly details: FaultDetail[];
  readonly requestId: string | null;

  constructor(status: number, body: ErrorBody, requestId: string | null = null) {
    super(body.message);
    this.name = "ApiError";
    this.status = status;
    this.code = body.code;
    this.fields = body.fields ?? {};
    this.details = body.details ?? [];
    this.requestId = requestId;
  }

  /** The first thing said about one field, if anything was. */
  field(name: string): string | undefined {
    return this.fields[name]?.[0];
  }
}

/** Codes that the page itself gives: nothing readable came back, so the words are ours. */
export const OWN_CODES = {
  network: "network",
  unreadable: "unreadable",
} as const;

function isErrorBody(value: unknown): value is { error: ErrorBody } {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

export function toApiError(response: Response, body: unknown): ApiError {
  const requestId = response.headers.get("X-Request-ID");
  if (isErrorBody(body)) return new ApiError(response.status, body.error, requestId);
  return new ApiError(response.status, { code: OWN_CODES.unreadable, message: "" }, requestId);
}

export function networkError(): ApiError {
  return new ApiError(0, { code: OWN_CODES.network, message: "" });
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return networkError();
}
