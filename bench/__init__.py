"""Speed and quality, measured in one run and printed as ratios. Not collected by pytest: no timed assertions."""
