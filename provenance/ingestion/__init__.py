"""What comes in: casebooks become stories, stories become rows."""
