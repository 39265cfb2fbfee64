"""The curators' desk: who may do what with a record that people keep, and what was done.

`workflow` and `rights` are rules without a database; `accounts` and `items` keep people and their work; `audit`
keeps what happened. What is published here takes effect at the next build (`corpus.build`).
"""
