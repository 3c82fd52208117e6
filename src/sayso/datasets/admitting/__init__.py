"""Which documents come in, and what of their words: asked of everyone whose words they are."""
