"""Where words come from: the member's own facts in forms of ours, and phrases that many use.

Never reads a database. May import `writing`'s words and credit, datasets and below.
"""
