"""LaTeX statements to Markdown, minimally: what is common is translated, the rest stays readable.

A stop-gap that says so in a warning; a real converter belongs to the authoring work.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_Replacement = str | Callable[[re.Match[str]], str]

_MATHS: Final = re.compile(
    # Bounded, or a mark that never closes would be looked for to the end again and again.
    r"(\$\$.+?\$\$|\$.+?\$|\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]"
    r"|\\begin\{(?:equation|align|gather|eqnarray)\*?\}.+?\\end\{(?:equation|align|gather|eqnarray)\*?\})",
    re.DOTALL,
)
_VERBATIM: Final = re.compile(
    r"\\begin\{(verbatim|lstlisting)\}(?:\[[^\]]*\])?\n?(.*?)\\end\{\1\}", re.DOTALL
)
_PROBLEM_NAME: Final = re.compile(r"\\problemname\{((?:[^{}]|\{[^{}]*\})*)\}")

_RULES: Final[tuple[tuple[str, _Replacement], ...]] = (
    (r"(?<!\\)%[^\n]*", ""),
    (r"\\problemname\{(?:[^{}]|\{[^{}]*\})*\}", ""),
    (r"\\begin\{(Input|Output|Interaction)\}", r"\n## \1\n"),
    (r"\\end\{(Input|Output|Interaction)\}", "\n"),
    (r"\\(?:sub)*section\*?\{([^{}]*)\}", r"\n## \1\n"),
    (r"\\illustration\{[^{}]*\}\{[^{}]*\}\{[^{}]*\}", ""),
    (r"\\includegraphics(?:\[[^\]]*\])?\{[^{}]*\}", ""),
    (r"\\begin\{(?:itemize|enumerate|description)\}(?:\[[^\]]*\])?", "\n"),
    (r"\\end\{(?:itemize|enumerate|description)\}", "\n"),
    (r"[ \t]*\\item\s*", "\n- "),
    (r"\\begin\{(?:center|quote|figure|wrapfigure)\}(?:\[[^\]]*\]|\{[^{}]*\})*", "\n"),
    (r"\\end\{(?:center|quote|figure|wrapfigure)\}", "\n"),
    (r"\\(?:textbf|bf)\{([^{}]*)\}", r"**\1**"),
    (r"\\(?:emph|textit|it|textsl)\{([^{}]*)\}", r"*\1*"),
    (r"\\(?:texttt|tt|verb)\{([^{}]*)\}", r"`\1`"),
    (r"\\verb([|!+])(.*?)\1", r"`\2`"),
    (r"\\href\{([^{}]*)\}\{([^{}]*)\}", r"[\2](\1)"),
    (r"\\url\{([^{}]*)\}", r"<\1>"),
    (r"\\(?:underline|textsc|textrm|textsf|text|mbox)\{([^{}]*)\}", r"\1"),
    (
        r"\\(?:noindent|newpage|medskip|smallskip|bigskip|centering|nextsample|remainingsamples)\b",
        "",
    ),
    (r"\\(?:ldots|dots|textellipsis)\b(?:\{\})?", "…"),
    (r"``|''", '"'),
    (r"---", "\N{EM DASH}"),
    (r"--", "\N{EN DASH}"),
    (r"(?<!\\)~", " "),
    (r"\\\\(?:\[[^\]]*\])?", "  \n"),
    (r"\\([#%&_{}])", r"\1"),
    (r"\n{3,}", "\n\n"),
)
_COMPILED: Final = tuple((re.compile(pattern), replacement) for pattern, replacement in _RULES)


def problem_name(tex: str) -> str | None:
    """Return the name that the statement itself gives, if any."""
    found = _PROBLEM_NAME.search(tex)
    return found.group(1).strip() if found else None


def to_markdown(tex: str) -> str:
    """Translate the text around formulas and listings, which stay as they are."""
    fenced = _VERBATIM.split(tex)
    parts = []
    # split() gives text, environment, body, text, …
    for index in range(0, len(fenced), 3):
        parts.append(_prose(fenced[index]))
        if index + 2 < len(fenced):
            parts.append(f"\n```\n{fenced[index + 2].rstrip()}\n```\n")
    return "".join(parts).strip() + "\n"


def _prose(tex: str) -> str:
    pieces = _MATHS.split(tex)
    # Odd pieces are formulas; prose is translated as one text with marks in their place, so that
    # a command around a formula is still seen whole.
    formulas = [_formula(piece) for piece in pieces[1::2]]
    marked = "\0".join(piece.replace("\0", "") for piece in pieces[::2])
    for pattern, replacement in _COMPILED:
        marked = pattern.sub(replacement, marked)
    texts = marked.split("\0")
    # A rule may have swallowed a mark together with a comment or a caption.
    woven = [texts[0]]
    for formula, text in zip(formulas, texts[1:], strict=False):
        woven += [formula, text]
    return "".join(woven)


def _formula(tex: str) -> str:
    if tex.startswith("$$"):
        return f"\n\n{tex}\n\n"
    if tex.startswith("$"):
        return f"${tex[1:-1].strip()}$"
    if tex.startswith("\\("):
        return f"${tex[2:-2].strip()}$"
    if tex.startswith("\\["):
        return f"\n\n$$\n{tex[2:-2].strip()}\n$$\n\n"
    return f"\n\n$$\n{tex}\n$$\n\n"
