"""Statements to HTML: CommonMark with tables, footnotes and TeX, sanitised. Pure.

Formulas are not typeset here: they stay as elements of class `math inline` or `math block` whose
text is the TeX, and the page gives them to `katex.render`, which a strict CSP allows where
ready-made KaTeX HTML (inline styles) is blocked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING: Final = 20
"""Blocks within blocks; more is an attack on the parser, not a statement."""

_TAGS: Final = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("em", "strong", "del", "s", "sub", "sup", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "section", "kbd"),
}
_ATTRIBUTES: Final = {
    "a": {"href", "title", "id"},
    "ol": {"start"},
    "li": {"id"},
    "span": {"data-tex"},
    "div": {"data-tex"},
    "th": {"scope"},
}
_CLASSES: Final = {
    "span": {"math", "inline", "block"},
    "div": {"math", "block"},
    "sup": {"footnote-ref"},
    "section": {"footnotes"},
    "ol": {"footnotes-list"},
    "li": {"footnote-item"},
    "hr": {"footnotes-sep"},
    "a": {"footnote-backref"},
    "th": {"align-left", "align-center", "align-right"},
    "td": {"align-left", "align-center", "align-right"},
}
_LANGUAGE_CLASS: Final = re.compile(r"^language-[a-z0-9+#-]{1,20}$")
_ALIGNMENT: Final = re.compile(r"text-align:\s*(left|center|right)")

Rendered = Sequence[Token]
Rule = Callable[[RendererHTML, Rendered, int, OptionsDict, EnvType], str]


def render(source: str) -> str:
    """Return the statement as HTML that is safe to put into the page as it is."""
    return _clean(_PARSER.render(source))


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()} | {"code": {"class"}},
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        attribute_filter=_keep_attribute,
        # Addresses a reader may follow; nothing is fetched, since no tag that fetches is allowed.
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        # Keeps ids of footnotes from clashing with the page's own.
        id_prefix="statement-",
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "code" and name == "class":
        return value if _LANGUAGE_CLASS.match(value) else None
    if tag == "a" and name == "href" and value.startswith("#"):
        return f"#statement-{value[1:]}"
    return value


def _math(tag: str, kind: str) -> Rule:
    def rule(
        _renderer: RendererHTML, tokens: Rendered, index: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        tex = escape(tokens[index].content.strip())
        return f'<{tag} class="math {kind}" data-tex="{tex}">{tex}</{tag}>'

    return rule


def _alternative_text(
    renderer: RendererHTML, tokens: Rendered, index: int, options: OptionsDict, env: EnvType
) -> str:
    # No element that fetches may stand in a statement; the words about the picture stay.
    text = renderer.renderInlineAsText(tokens[index].children or [], options, env)
    return f"<em>[{escape(text)}]</em>" if text else ""


def _aligned_cell(
    renderer: RendererHTML, tokens: Rendered, index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    match = _ALIGNMENT.search(str(token.attrs.pop("style", "")))
    if match:
        # A style attribute would be blocked by the page's CSP.
        token.attrs["class"] = f"align-{match.group(1)}"
    return renderer.renderToken(tokens, index, options, env)


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    # No white space just inside the dollars, as Kattis and GitHub write it; `\$` is a dollar.
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=True,
        double_inline=True,
    )
    parser.add_render_rule("math_inline", _math("span", "inline"))
    parser.add_render_rule("math_inline_double", _math("span", "block"))
    parser.add_render_rule("math_block", _math("div", "block"))
    parser.add_render_rule("image", _alternative_text)
    parser.add_render_rule("th_open", _aligned_cell)
    parser.add_render_rule("td_open", _aligned_cell)
    return parser


_PARSER: Final = _make_parser()
