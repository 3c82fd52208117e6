"""Suggestions for a member who is writing, with credit to those whose words they draw on.

Never posts, never learns, and never draws on a row that is not sealed or has been taken back.
May import training, datasets, consent and below; `credit` and `guard` are pure.
"""
