/**
 * The paths of the HTTP interface in the form that openapi-fetch reads. `npm run generate:api`
 * makes the same from the api's OpenAPI document (schema.d.ts) and conformance.ts compares them.
 */
import type * as T from "./types";

interface Json<Body> {
  content: { "application/json": Body };
}
interface Nothing {
  content?: never;
}
type Parameters<Query, Path> = { query?: Query } & ([Path] extends [never]
  ? { path?: never }
  : { path: Path });
interface Get<Answer, Query = never, Path = never> {
  parameters: Parameters<Query, Path>;
  responses: { 200: Json<Answer>; default: Json<{ error: T.ErrorBody }> };
}
interface Send<Body, Answer, Status extends number = 200, Path = never> {
  parameters: Parameters<never, Path>;
  requestBody: Json<Body>;
  responses: Record<Status, Json<Answer>> & { default: Json<{ error: T.ErrorBody }> };
}
interface Act<Path = never> {
  parameters: Parameters<never, Path>;
  responses: { 204: Nothing; default: Json<{ error: T.ErrorBody }> };
}

export interface PageQuery {
  limit?: number;
  cursor?: string;
}
export interface ProblemQuery extends PageQuery {
  q?: string;
  tag?: string;
  difficulty?: string;
  status?: string;
  sort?: string;
  lang?: string;
}
export interface SubmissionQuery extends PageQuery {
  user?: string;
  problem?: string;
  verdict?: string;
  language?: string;
}
export interface Registration {
  username: string;
  email: string;
  password: string;
  display_name?: string;
  locale?: string;
}
export interface NewSubmission {
  problem: string;
  language: string;
  source: string;
}
export interface NewPlaygroundRun {
  language: string;
  source: string;
  stdin?: string;
  problem?: string;
}
interface Id {
  id: string;
}
interface Slug {
  slug: string;
}

export interface paths {
  "/auth/register": { post: Send<Registration, { user: T.Me }, 201> };
  "/auth/login": { post: Send<{ login: string; password: string }, { user: T.Me }> };
  "/auth/logout": { post: Act };
  "/auth/verify-email": { post: Send<{ token: string }, unknown> };
  "/auth/verify-email/resend": { post: Act };
  "/auth/password-reset": { post: Send<{ login: string }, unknown, 202> };
  "/auth/password-reset/confirm": { post: Send<{ token: string; password: string }, unknown> };
  "/me": {
    get: Get<T.Me>;
    patch: Send<{ display_name?: string; locale?: string }, T.Me>;
  };
  "/me/password": { put: Send<{ current_password: string; new_password: string }, unknown> };
  "/me/sessions": { get: Get<T.Page<T.BrowserSession>> };
  "/me/sessions/{id}": { delete: Act<Id> };
  "/tokens": {
    get: Get<T.Page<T.AccessToken>>;
    post: Send<
      { name: string; scopes: string[]; expires_at?: string },
      T.AccessToken & { token: string },
      201
    >;
  };
  "/tokens/{id}": { delete: Act<Id> };
  "/languages": { get: Get<T.Page<T.Language>> };
  "/problems": { get: Get<T.Page<T.ProblemItem>, ProblemQuery> };
  "/problems/{slug}": { get: Get<T.Problem, { lang?: string }, Slug> };
  "/tags": { get: Get<{ items: T.Tag[] }> };
  "/submissions": {
    get: Get<T.Page<T.SubmissionItem>, SubmissionQuery>;
    post: Send<NewSubmission, { id: string; state: T.State }, 202>;
  };
  "/submissions/{id}": { get: Get<T.Submission, never, Id> };
  "/submissions/{id}/source": { get: Get<T.SubmissionSource, never, Id> };
  "/playground-runs": { post: Send<NewPlaygroundRun, { id: string }, 202> };
  "/playground-runs/{id}": { get: Get<T.PlaygroundRun, never, Id> };
  "/announcements": { get: Get<T.Page<T.Announcement>, PageQuery & { lang?: string }> };
  "/ranking": { get: Get<T.Page<T.RankingRow>, PageQuery> };
  "/statistics": { get: Get<T.SiteStatistics> };
  "/users/{username}": { get: Get<T.UserProfile, { lang?: string }, { username: string }> };
}
