import { onBeforeUnmount, onMounted } from "vue";

interface Shortcuts {
  run: () => void;
  submit: () => void;
}

/** Ctrl+Enter runs, Ctrl+Shift+Enter submits (Cmd on a Mac), wherever the focus is on the page. */
export function useShortcuts({ run, submit }: Shortcuts): void {
  function pressed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.shiftKey) submit();
    else run();
  }

  // While capturing: before the editor takes the key for a line break.
  onMounted(() => {
    window.addEventListener("keydown", pressed, { capture: true });
  });
  onBeforeUnmount(() => {
    window.removeEventListener("keydown", pressed, { capture: true });
  });
}
