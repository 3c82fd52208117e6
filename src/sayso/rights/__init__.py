"""What a member may ask of us, and what their word sets in motion.

Pure over protocols: never opens a database or a model. May import writing, training, datasets
and everything below.
"""
