import { API_BASE, writeHeaders } from "./client";
import { networkError, toApiError } from "./errors";
import type { ImportResult } from "./types";

interface Upload {
  form: FormData;
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Sends a problem package. XMLHttpRequest, since fetch does not tell how far an upload is. */
export function uploadPackage({ form, onProgress, signal }: Upload): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${API_BASE}/problems/import`);
    for (const [name, value] of Object.entries(writeHeaders())) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => {
      reject(networkError());
    };
    request.onabort = request.onerror;
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status < 300) {
        resolve(body as ImportResult);
        return;
      }
      const id = request.getResponseHeader("X-Request-ID");
      const init = { status: request.status, ...(id ? { headers: { "X-Request-ID": id } } : {}) };
      reject(toApiError(new Response(null, init), body));
    };
    signal.addEventListener("abort", () => {
      request.abort();
    });
    request.send(form);
  });
}
