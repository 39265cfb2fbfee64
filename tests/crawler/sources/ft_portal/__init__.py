"""The portal: rows, filters and pages that cannot be trusted."""
