import path from "node:path";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { "@": path.join(import.meta.dirname, "src") } },
  define: { __APP_VERSION__: '"test"' },
  test: {
    environment: "jsdom",
    globals: true,
    environmentOptions: { jsdom: { url: "https://localhost:8443/" } },
    setupFiles: ["tests/support/setup.ts"],
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    css: false,
    server: { deps: { inline: ["element-plus"] } },
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
