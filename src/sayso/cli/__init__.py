"""One file per group of verbs; each reads like the sentence a person would say.

Holds no rule: it opens a network through `wiring`, calls an act, and prints what came of it.
"""
