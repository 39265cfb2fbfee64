"""The desk for programs: the same records, rules and steps as on the pages, with a key instead of a session."""
