"""Documents that may be used, made into rows that can be proven.

Never admits by itself: `consent.decide` does. May import consent, sources, redact and below.
"""
