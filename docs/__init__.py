"""Documentation, and the program that writes the pages that follow from the code. Not part of the wheel."""
