//! The OpenAI-compatible data plane: the road of one request.
