"""Models made of shards, so that a member can be taken out exactly.

Reads sealed rows only, never a member's documents, and fits nothing that shards share on what
members wrote. May import datasets, evidence and below; its pure files know no torch.
"""
