//! Witness, monitor and public page over transparency logs, for an independent observer.
