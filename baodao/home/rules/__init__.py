"""What home decides without a database: its papers."""
