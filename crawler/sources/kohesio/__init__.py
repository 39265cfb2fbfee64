"""Kohesio: projects that ERDF, ESF+, JTF and Cohesion Fund paid for, from the bulk files of the Commission."""
