"""Pure rules about persons and rosters."""
