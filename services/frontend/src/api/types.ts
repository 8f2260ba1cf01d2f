/** The things of the HTTP interface, in its own words. */

export type State = "queued" | "compiling" | "running" | "finished";
export type Verdict = "AC" | "WA" | "TLE" | "MLE" | "OLE" | "RTE" | "CE" | "JE" | "PT" | "SK";
export type Difficulty = "very_low" | "low" | "mid" | "high" | "very_high";
export type Locale = "ko" | "en";
export type Role = "admin" | "setter" | "student";
export type SolvedStatus = "solved" | "tried" | null;

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
  total: number | null;
}

export interface Me {
  id: string;
  username: string;
  display_name: string;
  email: string;
  email_verified_at: string | null;
  verify_by: string | null;
  roles: string[];
  locale: Locale;
  created_at: string;
}

export interface Limits {
  cpu_time_ms: number;
  memory_kib: number;
  output_kib: number;
  source_bytes: number;
}

export interface ProblemItem {
  slug: string;
  number: number;
  title: string;
  difficulty: Difficulty;
  tags: string[];
  submissions: number;
  accepted: number;
  solvers: number;
  status: SolvedStatus;
  visibility: string;
}

export interface Sample {
  name: string;
  input: string;
  output: string;
}

export interface Statement {
  locale: string;
  title: string;
  html: string;
  source: string;
  available_locales: string[];
}

export interface Problem extends ProblemItem {
  /** Null while a draft has no text yet. */
  statement: Statement | null;
  samples: Sample[];
  limits: Limits;
  languages: string[];
  source: string;
  license: string;
  may_change: boolean;
}

export interface Tag {
  tag: string;
  problems: number;
}

export interface Language {
  id: string;
  name: string;
  version: string;
  extensions: string[];
  compile_command: string;
  run_command: string;
  available: boolean;
}

export interface SubmissionItem {
  id: string;
  problem: string;
  problem_title: string;
  problem_number: number;
  language: string;
  user: string;
  contest: string | null;
  state: State;
  verdict: Verdict | null;
  points: number | null;
  max_points: number | null;
  cpu_time_ms: number | null;
  memory_kib: number | null;
  source_bytes: number;
  test_case_count: number;
  submitted_at: string;
  finished_at: string | null;
}

export interface Run {
  ordinal: number;
  test_case: string;
  group: string;
  sample: boolean;
  verdict: Verdict;
  cpu_time_ms: number;
  wall_time_ms: number;
  memory_kib: number;
  points: number | null;
  exit_code: number | null;
  signal: number | null;
  message: string;
}

export interface Submission extends SubmissionItem {
  compile_output: string;
  queue_position: number | null;
  reason: string | null;
  runs: Run[];
}

export interface SourceFile {
  name: string;
  content_base64: string;
}

export interface SubmissionSource {
  id: string;
  language: string;
  filename: string;
  /** The first file as text. */
  source: string;
  files: SourceFile[];
}

export interface PlaygroundCase {
  ordinal: number;
  test_case: string;
  verdict: Verdict | null;
  stdout: string;
  stderr: string;
  output_truncated: boolean;
  cpu_time_ms: number;
  wall_time_ms: number;
  memory_kib: number;
  exit_code: number | null;
  signal: number | null;
  message: string;
}

export interface PlaygroundRun {
  id: string;
  state: State;
  verdict: Verdict | null;
  compile_output: string;
  runs: PlaygroundCase[];
}

export interface Announcement {
  id: string;
  title: string;
  html: string;
  is_pinned: boolean;
  published_at: string;
}

export interface RankingRow {
  place: number;
  username: string;
  display_name: string;
  score: number;
  solved: number;
  submissions: number;
}

export interface SiteStatistics {
  users: number;
  problems: number;
  submissions: number;
  accepted: number;
}

export interface UserProfile {
  username: string;
  display_name: string;
  created_at: string;
  score: number;
  place: number | null;
  solved: number;
  tried: number;
  submissions: number;
  solved_problems: SolvedProblem[];
  tried_problems: SolvedProblem[];
}

export interface SolvedProblem {
  slug: string;
  number: number;
  title: string;
  difficulty: Difficulty;
  solved_at: string | null;
}

export interface BrowserSession {
  id: string;
  user_agent: string;
  ip_address: string;
  created_at: string;
  last_seen_at: string;
  current: boolean;
}

export interface AccessToken {
  id: string;
  name: string;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
}

export interface ImportResult {
  problem: {
    slug: string;
    number: number | null;
    title: string;
    visibility: string;
    data_set_version: number;
    test_case_count: number;
    created: boolean;
  };
  warnings: FaultDetail[];
  dry_run: boolean;
}

export interface FaultDetail {
  file?: string;
  line?: number | null;
  message: string;
}

export interface ErrorBody {
  code: string;
  message: string;
  fields?: Record<string, string[]>;
  details?: FaultDetail[];
}
