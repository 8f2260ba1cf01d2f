import { computed, type WritableComputedRef } from "vue";
import { useRoute, useRouter } from "vue-router";

/** One filter that lives in the page's address, so that a filtered list can be sent to a friend. */
export function useQueryParam(name: string, fallback = ""): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return typeof value === "string" ? value : fallback;
    },
    set: (value) => {
      const query = { ...route.query, [name]: value };
      // An empty filter has no place in the address.
      if (value === fallback) Reflect.deleteProperty(query, name);
      void router.replace({ query });
    },
  });
}

/** The same for a filter with a closed list of values; anything else in the address counts as none. */
export function useQueryChoice<Value extends string>(
  name: string,
  allowed: readonly Value[],
): WritableComputedRef<Value | "", string> {
  const text = useQueryParam(name);
  return computed({
    get: () => allowed.find((value) => value === text.value) ?? "",
    set: (value: string) => (text.value = value),
  });
}
