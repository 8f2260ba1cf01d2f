import { onBeforeUnmount, type Ref, ref } from "vue";

export function useMediaQuery(query: string): Ref<boolean> {
  const list = window.matchMedia(query);
  const matches = ref(list.matches);
  function changed(event: MediaQueryListEvent): void {
    matches.value = event.matches;
  }
  list.addEventListener("change", changed);
  onBeforeUnmount(() => {
    list.removeEventListener("change", changed);
  });
  return matches;
}
