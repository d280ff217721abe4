"""What language models may ask, over the Model Context Protocol: the ten questions, answered with citations."""
