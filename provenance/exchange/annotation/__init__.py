"""Reports as Web Annotations, and annotations of others as proposed reports."""
