"""Personal data found in a text and taken out: text in, `Redacted` out.

Never stores a text and never logs what it found: only where, which kind, and which finder said
so. May import `community` and `errors`.
"""
