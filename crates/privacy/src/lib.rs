//! Find personal data in French text, replace it, restore it, also in a stream.
