"""Writing registration: letters, presentations, arrivals, departures."""
