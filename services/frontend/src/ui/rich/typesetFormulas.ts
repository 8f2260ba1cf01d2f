/**
 * Formulas come as elements of class `math` whose text is TeX. `katex.render` builds nodes and
 * sets their styles through the DOM, which the page's policy allows; KaTeX's HTML strings carry
 * style attributes, which it does not.
 */
export async function typesetFormulas(root: HTMLElement): Promise<void> {
  const formulas = [...root.querySelectorAll<HTMLElement>(".math")];
  if (formulas.length === 0) return;
  const [{ default: katex }] = await Promise.all([
    import(/* webpackChunkName: "katex" */ "katex"),
    import(/* webpackChunkName: "katex" */ "katex/dist/katex.min.css"),
  ]);
  for (const element of formulas) {
    katex.render(element.dataset.tex ?? element.textContent, element, {
      displayMode: element.classList.contains("block"),
      throwOnError: false,
      trust: false,
      maxExpand: 200,
    });
  }
}
