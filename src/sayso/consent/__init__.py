"""What members allow, what they were told, and the one function that answers "may we?".

Never stores, sends or reads a clock: facts in, decision out. May import `evidence`,
`community` and `errors`.
"""
