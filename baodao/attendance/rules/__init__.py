"""What decides who came: pure."""
