"""Numbers by which a register knows a person: their forms, names and checks."""
