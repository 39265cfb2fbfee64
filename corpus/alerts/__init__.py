"""Alerts: who wants to be told of what, and what was told already. What is found and how it is said is not known here.

`readers` keeps people and their searches, `links` what their letters lead to, `telling` makes sure that nothing is told
twice and sends.
"""
