import { waitFor } from "@testing-library/vue";
import { show } from "../../../tests/support/render";
import RichText from "./RichText.vue";

it("lets no script, handler or style through, whatever the api sends", async () => {
  const html =
    '<p style="color:red" onclick="x()">text</p><img src=x onerror="x()"><script>x()</script>' +
    '<a href="javascript:x()">link</a><iframe src="/"></iframe>';
  const { container } = await show(RichText, { props: { html } });
  expect(container.innerHTML).not.toMatch(/script|onclick|onerror|style=|iframe/);
  expect(container).toHaveTextContent("text");
});

it("typesets formulas and leaves a wrong one readable", async () => {
  const html =
    '<span class="math inline" data-tex="x^2">x^2</span><span class="math inline">\\frac{</span>';
  const { container } = await show(RichText, { props: { html } });
  await waitFor(() => {
    expect(container.querySelectorAll(".katex, .katex-error")).toHaveLength(2);
  });
});
