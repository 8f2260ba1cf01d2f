/**
 * The things of the HTTP interface, from the api's OpenAPI document (schema.d.ts is made from it).
 * The document says "text" where the list of words is closed; `Closed` says which words.
 */
import type { components } from "./schema";

export type State = "queued" | "compiling" | "running" | "finished";
export type Verdict = "AC" | "WA" | "TLE" | "MLE" | "OLE" | "RTE" | "CE" | "JE" | "PT" | "SK";
export type Difficulty = "very_low" | "low" | "mid" | "high" | "very_high";

interface Words {
  state: State;
  verdict: Verdict;
  difficulty: Difficulty;
}
type Word<Name extends keyof Words, Value> = null extends Value ? Words[Name] | null : Words[Name];

/** The same shape with closed lists of words in place of text, however deep. */
export type Closed<Shape> = Shape extends readonly (infer Item)[]
  ? Closed<Item>[]
  : Shape extends object
    ? {
        [Name in keyof Shape]: Name extends keyof Words
          ? Word<Name, Shape[Name]>
          : Closed<Shape[Name]>;
      }
    : Shape;

type Schemas = components["schemas"];
type Thing<Name extends keyof Schemas> = Closed<Schemas[Name]>;

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
  total: number | null;
}

export type Me = Thing<"Account">;
export type ProblemItem = Thing<"ProblemItem">;
export type Problem = Thing<"Problem">;
export type Sample = Thing<"Sample">;
export type Language = Thing<"Language">;
export type SubmissionItem = Thing<"SubmissionItem">;
export type Submission = Thing<"Submission">;
export type Run = Thing<"Run">;
export type SourceFile = Thing<"SourceFile">;
export type PlaygroundRun = Thing<"PlaygroundRun">;
export type PlaygroundCase = Thing<"PlaygroundCase">;
export type RankingRow = Thing<"RankingItem">;
export type SolvedProblem = Thing<"ProfileProblem">;
export type AccessToken = Thing<"AccessToken">;
export type ImportResult = Thing<"Imported">;

/** A rejudging has states of its own. */
export type RejudgingState = "judging" | "ready" | "applied" | "cancelled";
type OfRejudging<Shape> = Omit<Shape, "state"> & { state: RejudgingState };
export type RejudgingItem = OfRejudging<Thing<"RejudgingItem">>;
export type Rejudging = Omit<OfRejudging<Thing<"Rejudging">>, "transitions"> & {
  transitions: { old: Verdict | null; new: Verdict; count: number }[];
};
export type RejudgingChange = Omit<Thing<"RejudgingChange">, "old_verdict" | "new_verdict"> & {
  old_verdict: Verdict | null;
  new_verdict: Verdict | null;
};
export type RejudgingPreview = Thing<"RejudgingPreview">;
export type RejudgingFilter = Schemas["RejudgingFilter"];

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
