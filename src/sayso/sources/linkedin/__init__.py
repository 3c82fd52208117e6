"""LinkedIn's "copy of your data", a zip or the folder it unpacks to, as members and documents.

Never reads what is private into a document and never says who may read what the archive is silent
about, except where a page says how that is decided. May import the rest of `sources`.
"""
