"""What members allow, what they were told, and the one function that answers "may we?".

Never stores, sends or reads a clock: facts in, decision out (two functions read the files that an
operator names: `policy.load_policy` and `choices_file.read_choices`). May import `evidence`,
`community` and `errors`.
"""
