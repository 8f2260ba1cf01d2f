/**
 * A feature may use another feature only through that feature's index.ts, and `ui`, `live`, `api`
 * and `stores` know no feature at all. That keeps each folder small enough to be read alone.
 */
import path from "node:path";

const FEATURE = /^@\/features\/([^/]+)(\/.*)?$/;
const BELOW = new Set(["ui", "live", "api", "stores", "i18n"]);

function placeOf(filename) {
  const parts = filename.split(path.sep);
  const src = parts.lastIndexOf("src");
  return { layer: parts[src + 1], feature: parts[src + 2] };
}

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      below: "`{{layer}}` must not know the feature `{{feature}}`.",
      inside: "Import `@/features/{{feature}}` (its index.ts), not a file inside it.",
    },
  },
  create(context) {
    const here = placeOf(context.filename);
    function check(node) {
      const match = FEATURE.exec(node.source?.value ?? "");
      if (!match) return;
      const [, feature, inside] = match;
      if (BELOW.has(here.layer)) {
        context.report({ node, messageId: "below", data: { layer: here.layer, feature } });
      } else if (inside && here.layer === "features" && here.feature !== feature) {
        context.report({ node, messageId: "inside", data: { feature } });
      }
    }
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check };
  },
};
