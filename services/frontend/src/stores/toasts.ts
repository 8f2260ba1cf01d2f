import { defineStore } from "pinia";
import { ref } from "vue";

export type ToastKind = "info" | "success" | "error";
export interface Toast {
  id: number;
  kind: ToastKind;
  text: string;
}

const SHOWN_MS = { info: 5_000, success: 5_000, error: 9_000 } as const;

/** Short messages at the edge of the page. */
export const useToasts = defineStore("toasts", () => {
  const toasts = ref<Toast[]>([]);
  let nextId = 1;

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  function show(kind: ToastKind, text: string): void {
    const id = nextId++;
    toasts.value = [...toasts.value.filter((toast) => toast.text !== text), { id, kind, text }];
    setTimeout(() => {
      dismiss(id);
    }, SHOWN_MS[kind]);
  }

  return { toasts, show, dismiss };
});
