import js from "@eslint/js";
import vue from "eslint-plugin-vue";
import accessibility from "eslint-plugin-vuejs-accessibility";
import globals from "globals";
import typescript from "typescript-eslint";
import featuresStayApart from "./eslint-rules/features-stay-apart.js";

const typed = ["src/**/*.{ts,vue}", "tests/**/*.ts", "vitest.config.ts"];

export default typescript.config(
  { ignores: ["dist/", "node_modules/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  { files: ["*.js", "eslint-rules/*.js"], languageOptions: { globals: globals.node } },
  {
    files: typed,
    extends: [
      ...typescript.configs.strictTypeChecked,
      ...typescript.configs.stylisticTypeChecked,
      ...vue.configs["flat/recommended"],
      ...accessibility.configs["flat/recommended"],
    ],
    plugins: { local: { rules: { "features-stay-apart": featuresStayApart } } },
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        parser: typescript.parser,
        projectService: true,
        extraFileExtensions: [".vue"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "local/features-stay-apart": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      complexity: ["error", 10],
      eqeqeq: "error",
      "no-console": "error",
      "no-undef": "off", // TypeScript's own work
      "vue/no-v-html": "error", // statements go through ui/RichText.vue
      "vue/component-api-style": ["error", ["script-setup"]],
      "vue/define-macros-order": "error",
      "vue/block-order": ["error", { order: ["script", "template", "style"] }],
      "vue/no-bare-strings-in-template": [
        "error",
        // Signs that are the same in every language.
        {
          allowlist: ["(", ")", ",", ".", "/", "·", "–", "—", "#", "%", ":", "CodePlace", "@", "+"],
        },
      ],
      // Prettier decides about layout.
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": "off",
      "vue/html-indent": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/multiline-html-element-content-newline": "off",
      "vue/require-default-prop": "off", // optional props of TypeScript are undefined, as said
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Element Plus's inputs are wrapped by ui/FormField.vue, which ties label and control by id.
      "vuejs-accessibility/label-has-for": ["error", { required: { some: ["nesting", "id"] } }],
      "vuejs-accessibility/form-control-has-label": "off",
    },
  },
  {
    files: ["tests/**/*.ts", "src/**/*.test.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off", // a failing test is a fine message
      "vue/one-component-per-file": "off",
    },
  },
);
