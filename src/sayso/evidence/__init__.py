"""Proof that something happened and was not changed: pure hashing, signing and sealing.

Never stores, sends, or reads a clock or entropy of its own: bytes in, bytes or a verdict out.
May import `community`, `errors`, `settings` and the `cryptography` and `rfc8785` packages.
"""
