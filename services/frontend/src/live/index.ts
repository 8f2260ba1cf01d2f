export { useLiveEvents } from "./useLiveEvents";
