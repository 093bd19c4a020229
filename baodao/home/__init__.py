"""What is composed of what the slices below tell: first pages, menu, copies, compliance."""
