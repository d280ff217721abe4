"""What whoever runs the server sees of it: a log without secrets, figures for Prometheus, and whether it can answer."""
