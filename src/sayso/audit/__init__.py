"""Answers for people who need not trust us; it reads every room and writes none.

Never changes what it looks at. May import every room below it; `offline_verifier` imports
nothing of ours at all, so that it can be taken away and run alone.
"""
