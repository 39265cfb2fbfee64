"""OpenCoesione: the index of pages on which Italian programmes publish their calls and timetables."""
