"""Timetables of planned calls, Article 49(2) of Regulation (EU) 2021/1060: one reader, one file per authority."""
