"""Ideas of town halls and groups with judged answers, the same idea in 24 languages, and texts about nothing here."""
