"""Rows of a list, one call or an answer as files and feeds: pure functions from typed objects to bytes.

Each speaks the language that is spoken, names sources and the day on which they were checked, and says the same as the
screen. Tables (CSV, XLSX) are made of a `Table`, papers (DOCX, PDF) of a `Paper`, calendars and feeds of rows.
"""
