"""Markup read as plain text: where quotes, mentions and code stand in it is kept.

Never decides whose words may be used, and never raises on what it reads. May import `community`
and the libraries that know HTML and Markdown.
"""
