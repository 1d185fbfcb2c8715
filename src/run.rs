//! Many articles at once: the only file that knows about threads.
