export { default as DifficultyMark } from "./components/DifficultyMark.vue";
export { default as ProblemStatement } from "./components/ProblemStatement.vue";
export { default as ProblemTable } from "./components/ProblemTable.vue";
