"""What pages show: one typed object a page, made from the same answers that the API gives."""
