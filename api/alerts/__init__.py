"""Alerts by e-mail for a search or an idea: what is found, how it is said, and when it is sent."""
