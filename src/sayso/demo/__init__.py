"""A made-up community to try everything on: its people, their words and what they chose.

Never reads a clock, a network or the system's randomness: a seed and a moment go in, a village
comes out. May import `consent`'s nouns, `community` and `errors`.
"""
