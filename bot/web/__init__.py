"""What people meet: the chat's API and pages, and the staff console."""
