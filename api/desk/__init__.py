"""Pages of the curators' desk: the only part of the service that knows people, and the only one that writes."""
