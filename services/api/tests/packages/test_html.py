from __future__ import annotations

import time

import pytest

from api.packages.html import to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain $a*b$ text", "plain $a*b$ text"),
        ("[md]**bold**[/md]", "**bold**"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<b>a</b> and <i>b</i>", "**a** and *b*"),
        ("<p>2*3*4 $x_1*y$ a_b</p>", "2\\*3\\*4 $x_1*y$ a\\_b"),
        ("<p>1 &lt; n &le; 10<sup>5</sup></p>", "1 \\< n ≤ 10^5"),
        ("<pre>1 *2*\n  3</pre>", "```\n1 *2*\n  3\n```"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<h3>Input</h3>text", "### Input\n\ntext"),
        ("<script>alert(1)</script><p>x</p>", "x"),
        ("line<br>line", "line  \nline"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| a | b | \n| --- | --- |\n| 1 | 2 |",
        ),
    ],
)
def test_what_is_common_is_translated(html: str, markdown: str) -> None:
    assert to_markdown(html).source == markdown


def test_images_are_counted() -> None:
    assert to_markdown('<img src="a.png"><IMG SRC="b.png">x').images == 2


@pytest.mark.parametrize(
    "piece",
    ["<p", "<p>", "<!--", "<![CDATA[", "&", "&#", "</", "<a href='", "$", "[md]", "<p/", "<?"],
)
def test_a_large_text_of_anything_takes_little_time(piece: str) -> None:
    text = "<p>" + piece * ((128 << 10) // len(piece))
    started = time.process_time()
    to_markdown(text)
    assert time.process_time() - started < 20
