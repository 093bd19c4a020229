"""Pages on which two decide about who somebody is."""
