"""What HTML's elements mean for a plain text (WHATWG HTML, section 15.3, "Rendering")."""

# fmt: off
LINES = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
})
"""What begins and ends a line."""
# fmt: on

CELLS = frozenset({"td", "th"})
CODE = frozenset({"pre", "code", "samp", "tt", "listing", "xmp"})
RAW = frozenset({"pre", "listing", "xmp", "plaintext"})
"""Where white space counts."""

# fmt: off
UNSEEN = frozenset({
    "script", "style", "template", "title", "head", "iframe", "object", "embed", "applet",
    "canvas", "audio", "video", "svg", "textarea", "select", "button", "datalist", "noframes",
    "annotation", "annotation-xml", "rp",
})
"""What a reader does not read as a part of the text; all that stands inside is left out."""
# fmt: on

UNSEEN_CLASSES = frozenset({"quote-inline", "quote-controls"})
"""Mastodon's link to a quoted post for servers that cannot show it (FEP-044f), and Discourse's
buttons on a quote."""
