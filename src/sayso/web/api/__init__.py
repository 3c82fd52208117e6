"""The same acts for programs: JSON in, JSON out, problems in one shape.

Holds no rule of its own; a session's cookie and token say who calls.
"""
