"""The rule families: one function each, whose docstring is the sentence that the applicant reads."""
