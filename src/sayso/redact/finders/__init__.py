"""One file for each kind of personal data; `redactor.FINDERS` says which are used, in order."""
