import { computed } from "vue";
import { useI18n } from "vue-i18n";

const KIB_PER_MIB = 1024;

/** Numbers, times and sizes in the reader's language. */
export function useFormat() {
  const { t, locale } = useI18n();
  const numbers = computed(() => new Intl.NumberFormat(locale.value));
  const days = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: "medium" }));
  const moments = computed(
    () => new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "medium" }),
  );

  return {
    number: (value: number) => numbers.value.format(value),
    day: (iso: string) => days.value.format(new Date(iso)),
    moment: (iso: string) => moments.value.format(new Date(iso)),
    milliseconds: (value: number | null) =>
      value === null ? "–" : t("units.ms", { n: numbers.value.format(value) }),
    seconds: (ms: number) => t("units.s", { n: numbers.value.format(ms / 1000) }),
    memory: (kib: number | null) =>
      kib === null
        ? "–"
        : t("units.mib", { n: numbers.value.format(Math.round((kib / KIB_PER_MIB) * 10) / 10) }),
    bytes: (value: number) =>
      value < KIB_PER_MIB
        ? t("units.byte", { n: numbers.value.format(value) })
        : t("units.kib", { n: numbers.value.format(Math.round((value / KIB_PER_MIB) * 10) / 10) }),
    percent: (part: number, whole: number) =>
      whole === 0 ? "–" : `${((part / whole) * 100).toFixed(1)}%`,
  };
}
