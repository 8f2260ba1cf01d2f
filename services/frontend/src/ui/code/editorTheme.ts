import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

interface Palette {
  dark: boolean;
  keyword: string;
  string: string;
  number: string;
  comment: string;
  name: string;
  type: string;
  meta: string;
}

// Every colour has at least 4.5:1 on the editor's ground, `--code-bg`.
const LIGHT: Palette = {
  dark: false,
  keyword: "#8a2be0",
  string: "#1b6e3c",
  number: "#a3480b",
  comment: "#5c6b7d",
  name: "#1757ac",
  type: "#0b6f7d",
  meta: "#8f3b63",
};

const DARK: Palette = {
  dark: true,
  keyword: "#d3a4ff",
  string: "#8fdca8",
  number: "#f2b27a",
  comment: "#8494a8",
  name: "#8cc0ff",
  type: "#7ad6dd",
  meta: "#f3a6c8",
};

function highlighting(palette: Palette): Extension {
  return syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.controlKeyword, tags.modifier], color: palette.keyword },
      { tag: [tags.string, tags.character, tags.regexp], color: palette.string },
      { tag: [tags.number, tags.bool, tags.null], color: palette.number },
      { tag: tags.comment, color: palette.comment, fontStyle: "italic" },
      {
        tag: [tags.function(tags.variableName), tags.definition(tags.variableName)],
        color: palette.name,
      },
      { tag: [tags.typeName, tags.className, tags.standard(tags.typeName)], color: palette.type },
      { tag: [tags.meta, tags.processingInstruction, tags.macroName], color: palette.meta },
    ]),
  );
}

/** Custom properties cross the shadow boundary, so the page's tokens hold in here as well. */
function chrome(palette: Palette): Extension {
  return EditorView.theme(
    {
      "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--code-bg)" },
      ".cm-scroller": {
        fontFamily: "var(--mono)",
        lineHeight: "1.6",
        fontVariantLigatures: "none",
      },
      ".cm-content": { caretColor: "var(--text)", padding: "10px 0" },
      ".cm-cursor": { borderLeftColor: "var(--text)" },
      ".cm-gutters": { backgroundColor: "var(--code-bg)", color: "var(--text-3)", border: "none" },
      ".cm-activeLine, .cm-activeLineGutter": {
        backgroundColor: "color-mix(in srgb, var(--surface-3) 45%, transparent)",
      },
      "&.cm-focused": { outline: "none" },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
        { backgroundColor: "var(--accent-line) !important" },
      ".cm-matchingBracket": { outline: "1px solid var(--text-3)", backgroundColor: "transparent" },
      ".cm-tooltip": {
        backgroundColor: "var(--surface)",
        color: "var(--text)",
        border: "1px solid var(--line)",
        borderRadius: "8px",
      },
      ".cm-tooltip-autocomplete ul li[aria-selected]": {
        backgroundColor: "var(--accent-fill)",
        color: "#fff",
      },
      ".cm-panels": { backgroundColor: "var(--surface-2)", color: "var(--text)" },
    },
    { dark: palette.dark },
  );
}

export function editorTheme(dark: boolean): Extension {
  const palette = dark ? DARK : LIGHT;
  return [chrome(palette), highlighting(palette)];
}

export function fontSizeTheme(pixels: number): Extension {
  return EditorView.theme({ "&": { fontSize: `${pixels}px` } });
}
