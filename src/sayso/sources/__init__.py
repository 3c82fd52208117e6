"""Where members and documents come from: readers turn files into the community's nouns.

Never decides whether something may be used, and never drops anything without a reason.
May import `evidence`, `community` and `errors`; what it keeps goes through a `Shelf`.
"""
