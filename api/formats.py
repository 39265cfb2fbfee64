"""Dates, numbers and money as the spoken language writes them."""

from corpus.formats import clock, day, locale, money, month, number, percent, short_day

__all__ = ["clock", "day", "locale", "money", "month", "number", "percent", "short_day"]
