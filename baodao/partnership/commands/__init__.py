"""Writing of partnership: units' own registrations, and their handover."""
