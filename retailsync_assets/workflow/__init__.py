"""Pure decisions about a business date: its calendar, its next step, its status, its incidents."""
