//! The embedded local model: weights pinned by hash, a supervised engine.
