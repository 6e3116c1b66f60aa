"""Pages across disciplines: my day, the case, a person, search, the calendar, staff."""
