from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest

from api.problems.markdown import render


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("$a<b$", '<p><span class="math inline" data-tex="a&lt;b">a&lt;b</span></p>\n'),
        ("$$\nx\n$$\n", '<div class="math block" data-tex="x">x</div>\n'),
        ("see $$x$$", '<p>see <span class="math block" data-tex="x">x</span></p>\n'),
        ("a price of \\$5 and \\$6", "<p>a price of $5 and $6</p>\n"),
        ("~~old~~", "<p><s>old</s></p>\n"),
        ("![a picture](x.png)", "<p><em>[a picture]</em></p>\n"),
    ],
)
def test_a_statement_becomes_html(source: str, html: str) -> None:
    assert render(source).rstrip("\n") == html.rstrip("\n")


def test_a_table_is_aligned_by_classes_since_styles_are_blocked() -> None:
    html = render("|a|b|\n|:-|-:|\n|1|2|\n")
    assert '<th class="align-left">a</th>' in html
    assert '<td class="align-right">2</td>' in html
    assert "style" not in html


def test_a_footnote_is_linked_within_the_statement() -> None:
    html = render("a[^1]\n\n[^1]: note\n")
    assert 'href="#statement-fn1"' in html
    assert 'id="statement-fn1"' in html


def test_code_keeps_its_language() -> None:
    assert '<code class="language-cpp">' in render("```cpp\nint a;\n```\n")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hi)",
        "<iframe src='http://example.org'></iframe>",
        "<p style='background:url(http://example.org)'>x</p>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></mtext></math>",
        '$x" onmouseover="alert(1)$',
        "<link rel=stylesheet href=http://example.org>",
        "<video src=http://example.org>",
        "<style>*{}</style>",
        "<form action=http://example.org><input></form>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(attack: str) -> None:
    found = Elements()
    found.feed(render(attack))
    assert found.tags <= {"p", "a", "span"}
    assert found.attributes <= {"rel", "class", "data-tex", "href"}
    assert not any(address.startswith(("javascript", "data")) for address in found.addresses)


class Elements(HTMLParser):
    """Keeps which elements, attributes and addresses a text has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name == "href"}


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "> " * 5_000, "*a " * 30_000, "$a" * 50_000, "- " * 20_000]
)
def test_a_hostile_text_is_rendered_in_a_moment(text: str) -> None:
    started = time.monotonic()
    render(text)
    assert time.monotonic() - started < 10
