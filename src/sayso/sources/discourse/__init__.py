"""Archives that Discourse makes for one user: their posts as rows, their preferences as JSON.

Never takes anything for public that may be a private message. May import what `sources` may.
"""
