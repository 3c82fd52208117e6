"""What a sealed dataset is, said in the words of several standards: one file for each.

A card says what the manifest, the record and the home's settings say, and nothing of a member;
what only a person can answer for stays open in it. May import what `datasets` may.
"""
