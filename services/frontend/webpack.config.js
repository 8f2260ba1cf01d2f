import { readFileSync } from "node:fs";
import path from "node:path";
import { constants } from "node:zlib";
import CompressionPlugin from "compression-webpack-plugin";
import CssMinimizerPlugin from "css-minimizer-webpack-plugin";
import HtmlWebpackPlugin from "html-webpack-plugin";
import MiniCssExtractPlugin from "mini-css-extract-plugin";
import { VueLoaderPlugin } from "vue-loader";
import webpack from "webpack";

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** Compressed once at build time, so that Nginx sends files and never compresses. */
function compressed(algorithm, extension, options) {
  return new CompressionPlugin({
    algorithm,
    filename: `[path][base].${extension}`,
    test: /\.(js|css|html|svg|json)$/,
    threshold: 512,
    minRatio: 0.9,
    compressionOptions: options,
  });
}

const rules = [
  { test: /\.vue$/, loader: "vue-loader" },
  {
    test: /\.[jt]s$/,
    exclude: /node_modules/,
    loader: "babel-loader",
    options: { cacheDirectory: true },
  },
  { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] },
  {
    test: /\.(woff2?|ttf)$/,
    type: "asset/resource",
    generator: { filename: "fonts/[name].[contenthash:10][ext]" },
  },
  { test: /\.svg$/, type: "asset/resource" },
];

function plugins(production) {
  return [
    new VueLoaderPlugin(),
    new MiniCssExtractPlugin({
      filename: production ? "assets/[name].[contenthash:10].css" : "[name].css",
      // Scoped styles of components do not depend on each other's order.
      ignoreOrder: true,
    }),
    new HtmlWebpackPlugin({
      template: path.join(root, "src/index.html"),
      favicon: path.join(root, "src/assets/favicon.svg"),
    }),
    new webpack.DefinePlugin({
      __VUE_OPTIONS_API__: "true", // Element Plus has components in that style
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
      __VUE_I18N_FULL_INSTALL__: "false",
      __VUE_I18N_LEGACY_API__: "false",
      __INTLIFY_PROD_DEVTOOLS__: "false",
      __INTLIFY_DROP_MESSAGE_COMPILER__: "false",
      __APP_VERSION__: JSON.stringify(version),
    }),
    ...(production
      ? [
          compressed("gzip", "gz", { level: 9 }),
          compressed("brotliCompress", "br", {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
          }),
        ]
      : []),
  ];
}

const splitChunks = {
  chunks: "all",
  cacheGroups: {
    // What every page needs, apart from our own code: it changes seldom and stays cached.
    vendor: { test: /[\\/]node_modules[\\/]/, name: "vendor", chunks: "initial", priority: 10 },
    // The editor without its languages, which are loaded one by one.
    editor: {
      test: /[\\/]node_modules[\\/](@codemirror[\\/](state|view|commands|language|autocomplete|search)|@lezer[\\/](common|highlight|lr)|style-mod|w3c-keyname|crelt)[\\/]/,
      name: "editor",
      chunks: "async",
      priority: 20,
    },
  },
};

const devServer = {
  port: Number(process.env.PORT ?? 5173),
  historyApiFallback: true,
  hot: true,
  proxy: [
    {
      context: ["/api"],
      target: process.env.CODEPLACE_API ?? "https://localhost:8443",
      secure: false,
      changeOrigin: true,
    },
  ],
};

export default (_env, argv) => {
  const production = argv.mode === "production";
  return {
    entry: { main: path.join(root, "src/main.ts") },
    output: {
      path: path.join(root, "dist"),
      publicPath: "/",
      clean: true,
      filename: production ? "assets/[name].[contenthash:10].js" : "[name].js",
      chunkFilename: production ? "assets/[name].[contenthash:10].js" : "[name].js",
      assetModuleFilename: "assets/[name].[contenthash:10][ext]",
    },
    resolve: { extensions: [".ts", ".js"], alias: { "@": path.join(root, "src") } },
    module: { rules },
    plugins: plugins(production),
    optimization: {
      splitChunks,
      runtimeChunk: "single",
      moduleIds: "deterministic",
      minimizer: ["...", new CssMinimizerPlugin()],
    },
    // `eval` source maps are refused by the policy that Nginx sends; hence plain ones.
    devtool: production ? false : "cheap-module-source-map",
    cache: { type: "filesystem", buildDependencies: { config: [import.meta.filename] } },
    performance: {
      hints: production ? "error" : false,
      maxEntrypointSize: 700_000,
      maxAssetSize: 900_000,
      assetFilter: (name) => /\.(js|css)$/.test(name),
    },
    stats: "errors-warnings",
    devServer,
  };
};
