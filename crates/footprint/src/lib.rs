//! Energy, carbon and water of one use of a model, as ranges.
