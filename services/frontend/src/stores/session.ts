import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { ask, client, csrfToken, type Me } from "@/api";

/** Who is signed in. A visitor is `user === null`. */
export const useSession = defineStore("session", () => {
  const user = ref<Me | null>(null);
  const isReady = ref(false);
  // Several pages may ask at once while the first answer is still on its way.
  let inFlight: Promise<void> | null = null;

  const isSignedIn = computed(() => user.value !== null);
  const isSetter = computed(
    () => user.value?.roles.some((role) => role === "setter" || role === "admin") ?? false,
  );

  async function read(): Promise<void> {
    try {
      user.value = await ask(client.GET("/me"));
    } catch {
      user.value = null;
    } finally {
      isReady.value = true;
    }
  }

  function load(): Promise<void> {
    // The CSRF cookie lives exactly as long as the session's: without it nobody is signed in,
    // and asking would only put a 401 into the console.
    if (csrfToken() === undefined) {
      isReady.value = true;
      return Promise.resolve();
    }
    inFlight ??= read().finally(() => (inFlight = null));
    return inFlight;
  }

  async function login(login: string, password: string): Promise<void> {
    const answer = await ask(client.POST("/auth/login", { body: { login, password } }));
    user.value = answer.user;
  }

  async function logout(): Promise<void> {
    await ask(client.POST("/auth/logout"));
    user.value = null;
  }

  function set(next: Me | null): void {
    user.value = next;
  }

  return { user, isReady, isSignedIn, isSetter, load, login, logout, set };
});
