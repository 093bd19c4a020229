"""Pages of notices, topics, channels and complaints."""
