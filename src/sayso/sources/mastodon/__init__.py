"""Archives of Mastodon and its kin: ActivityStreams as `actor.json` and `outbox.json`.

Never takes anything for public that does not say so itself. May import what `sources` may.
"""
