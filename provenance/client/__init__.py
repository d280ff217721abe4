"""A client for programs that ask a server of this kind: typed, synchronous and asynchronous."""
