"""Urban Innovative Actions: the pages of the projects that the initiative paid for."""
