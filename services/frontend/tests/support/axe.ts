import axe from "axe-core";

/** What axe-core finds wrong, one line each. Colours need a real browser: tests/e2e looks at them. */
export async function faultsOf(container: Element): Promise<string[]> {
  const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(container, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
