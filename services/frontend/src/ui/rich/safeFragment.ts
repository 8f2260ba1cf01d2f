import DOMPurify from "dompurify";

/**
 * The api sanitises statements when they are written; this is the second lock. A fragment comes
 * back rather than a string, so nothing is ever put into the page as HTML.
 */
export function safeFragment(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    FORBID_ATTR: ["style"],
    FORBID_TAGS: ["style", "form", "input", "button", "iframe"],
    ADD_ATTR: ["data-tex"],
  });
}
