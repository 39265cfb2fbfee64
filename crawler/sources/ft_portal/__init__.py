"""EU Funding & Tenders Portal: calls, cascade calls and funded projects of direct management."""
