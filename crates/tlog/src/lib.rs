//! Transparency log in the C2SP formats: tiles, checkpoints, proofs, cosignatures, commitments.
