import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleX,
  Clock,
  FileX2,
  Hourglass,
  LoaderCircle,
  MemoryStick,
  PieChart,
  SkipForward,
  Zap,
} from "@lucide/vue";
import type { Component } from "vue";
import type { State, Verdict } from "@/api";

export interface Look {
  /** Also the last part of the text's key. */
  key: string;
  icon: Component;
  tone: "ok" | "bad" | "time" | "memory" | "output" | "crash" | "compile" | "quiet" | "live";
}

const VERDICTS: Record<Verdict, Look> = {
  AC: { key: "AC", icon: CircleCheck, tone: "ok" },
  WA: { key: "WA", icon: CircleX, tone: "bad" },
  TLE: { key: "TLE", icon: Clock, tone: "time" },
  MLE: { key: "MLE", icon: MemoryStick, tone: "memory" },
  OLE: { key: "OLE", icon: FileX2, tone: "output" },
  RTE: { key: "RTE", icon: Zap, tone: "crash" },
  CE: { key: "CE", icon: Ban, tone: "compile" },
  JE: { key: "JE", icon: CircleAlert, tone: "quiet" },
  PT: { key: "PT", icon: PieChart, tone: "time" },
  SK: { key: "SK", icon: SkipForward, tone: "quiet" },
};

const STATES: Record<State, Look> = {
  queued: { key: "queued", icon: Hourglass, tone: "live" },
  compiling: { key: "compiling", icon: LoaderCircle, tone: "live" },
  running: { key: "running", icon: LoaderCircle, tone: "live" },
  finished: { key: "finished", icon: CircleDashed, tone: "quiet" },
};

/** The verdict where there is one, else the state. A verdict nobody knows here looks like none. */
export function lookOf(state: State, verdict: Verdict | null): Look {
  if (verdict !== null)
    return (VERDICTS as Partial<Record<string, Look>>)[verdict] ?? STATES.finished;
  return STATES[state];
}

export const JUDGEMENT_VERDICTS = [
  "AC",
  "WA",
  "TLE",
  "MLE",
  "OLE",
  "RTE",
  "CE",
  "JE",
  "PT",
] as const;
/** What a problem of today can answer; partial points come with scored problems. */
export const EXPLAINED_VERDICTS = ["AC", "WA", "TLE", "MLE", "OLE", "RTE", "CE", "JE"] as const;
