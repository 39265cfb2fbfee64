"""The shared language: records, vocabulary, store, curated data and snapshots. Imports nothing of ours."""
