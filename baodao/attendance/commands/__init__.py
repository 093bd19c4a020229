"""What is recorded of who came."""
