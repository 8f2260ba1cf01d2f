export { default as CompileOutput } from "./components/CompileOutput.vue";
export { default as SubmissionProgress } from "./components/SubmissionProgress.vue";
export { default as SubmissionRuns } from "./components/SubmissionRuns.vue";
export { default as SubmissionTable } from "./components/SubmissionTable.vue";
export { default as VerdictBadge } from "./components/VerdictBadge.vue";
export { useSubmission } from "./composables/useSubmission";
export { EXPLAINED_VERDICTS, JUDGEMENT_VERDICTS } from "./verdicts";
