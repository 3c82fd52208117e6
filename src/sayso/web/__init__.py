"""Pages and endpoints over a Network, for members, operators and programs.

Holds no rule of its own: it asks the rooms below and shows what they answer. Reaches storage
through `wiring` alone; imports everything below but `cli`.
"""
