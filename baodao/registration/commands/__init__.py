"""Writing registration: letters, presentations, arrivals, departures, exemptions, reminders."""
