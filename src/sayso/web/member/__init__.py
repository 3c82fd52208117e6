"""Pages for members: reading, writing, and saying yes or no.

Each file is one group of pages with its own `router`; `web.app` joins them. Never decides: it
asks `consent`, `rights` and `writing`, and shows their answer.
"""
