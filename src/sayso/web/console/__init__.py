"""Pages for those who run a network: what stands, what waits, what is late.

Shows numbers and states, never what one member said.
"""
