"""The database behind the protocols that the rooms below declare.

Never decides anything: a rule found here is in the wrong room. May import every room below it
and SQLAlchemy; nobody imports it but `wiring`.
"""
