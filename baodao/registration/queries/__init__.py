"""Reading registration: rows in scope, the desk, the check list, a letter's page, timelines."""
