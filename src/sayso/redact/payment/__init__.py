"""Payment cards: their numbers, and what they are used with."""
