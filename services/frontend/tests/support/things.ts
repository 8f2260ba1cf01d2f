import type { Me, Problem, ProblemItem, Rejudging, Run, Submission } from "@/api";

/** Valid and boring; a test overrides what it cares about. */
export const ada: Me = {
  id: "01a2062a-0000-7000-8000-000000000001",
  username: "ada",
  display_name: "에이다",
  email: "ada@example.org",
  email_verified_at: "2026-11-01T00:00:00Z",
  verify_by: null,
  roles: [],
  locale: "ko",
  created_at: "2026-11-01T00:00:00Z",
};

export function problemItem(own: Partial<ProblemItem> = {}): ProblemItem {
  return {
    slug: "a-plus-b",
    number: 1000,
    title: "A + B",
    difficulty: "very_low",
    tags: ["구현"],
    visibility: "public",
    submissions: 10,
    accepted: 5,
    solvers: 4,
    status: null,
    ...own,
  };
}

export function problem(own: Partial<Problem> = {}): Problem {
  return {
    ...problemItem(),
    statement: {
      locale: "ko",
      title: "A + B",
      html: '<p>두 수 <span class="math inline" data-tex="a, b">a, b</span>를 더하세요.</p>',
      source: "",
      available_locales: ["ko", "en"],
    },
    samples: [{ name: "1", input: "1 2\n", output: "3\n" }],
    limits: { cpu_time_ms: 1000, memory_kib: 262_144, output_kib: 8192, source_bytes: 262_144 },
    checker: { kind: "tokens" },
    languages: ["cpp", "python3"],
    source: "",
    license: "",
    may_change: false,
    ...own,
  };
}

export function run(own: Partial<Run> = {}): Run {
  return {
    ordinal: 1,
    test_case: "sample/1",
    group: "sample",
    sample: true,
    verdict: "AC",
    cpu_time_ms: 3,
    wall_time_ms: 4,
    memory_kib: 3584,
    points: null,
    exit_code: 0,
    signal: null,
    message: "",
    ...own,
  };
}

export function submission(own: Partial<Submission> = {}): Submission {
  return {
    id: "01a2062a-0000-7000-8000-0000000000aa",
    problem: "a-plus-b",
    problem_title: "A + B",
    problem_number: 1000,
    language: "cpp",
    user: "ada",
    contest: null,
    state: "queued",
    verdict: null,
    points: null,
    max_points: null,
    cpu_time_ms: null,
    memory_kib: null,
    source_bytes: 100,
    test_case_count: 3,
    submitted_at: "2026-11-23T00:00:00Z",
    finished_at: null,
    compile_output: "",
    queue_position: 2,
    reason: null,
    runs: [],
    ...own,
  };
}

export function rejudging(own: Partial<Rejudging> = {}): Rejudging {
  return {
    id: "01a2062a-0000-7000-8000-00000000000a",
    state: "judging",
    reason: "데이터가 바뀌었습니다.",
    filter: { problem: "a-plus-b" },
    apply: "manual",
    author: "setter",
    closed_by: null,
    created_at: "2026-11-23T00:00:00Z",
    applied_at: null,
    cancelled_at: null,
    counts: {
      submissions: 2,
      queued: 1,
      running: 0,
      finished: 1,
      changed: 1,
      judge_errors: 0,
      outdated: 0,
    },
    transitions: [{ old: "WA", new: "AC", count: 1 }],
    ...own,
  };
}
