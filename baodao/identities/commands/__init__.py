"""Writing what two decide about who somebody is."""
