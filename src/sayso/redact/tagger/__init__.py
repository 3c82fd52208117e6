"""Names of people who are no members, told from the rest of a text by weights we trained.

Texts in, spans out; every step is arithmetic on whole numbers over arrays, so the same text has
the same answer on every machine and in any company. Keeps no text and no list of words, only
tables of hashed features. May import numpy and the standard library.
"""
