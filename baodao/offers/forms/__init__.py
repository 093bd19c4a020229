"""The shapes of what people type about needs and offers."""
