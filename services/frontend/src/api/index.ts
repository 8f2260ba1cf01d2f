export { ask, client, onSessionEnd, setApiLanguage } from "./client";
export { csrfToken } from "./cookies";
export { ApiError, asApiError, OWN_CODES } from "./errors";
export { retrying } from "./retrying";
export { uploadPackage } from "./upload";
export type * from "./types";
