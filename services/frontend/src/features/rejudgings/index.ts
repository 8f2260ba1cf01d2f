export { default as RejudgeButton } from "./components/RejudgeButton.vue";
