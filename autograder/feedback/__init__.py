"""The feedback pages of students, and what makes a stranger's HTML harmless."""
