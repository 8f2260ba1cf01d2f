// Types are checked by vue-tsc; Babel only takes them away and lowers the syntax to browserslist.
export default {
  presets: [["@babel/preset-env", { modules: false }]],
  overrides: [
    {
      test: /\.(ts|vue)$/,
      presets: [
        ["@babel/preset-typescript", { ignoreExtensions: true, onlyRemoveTypeImports: true }],
      ],
    },
  ],
};
