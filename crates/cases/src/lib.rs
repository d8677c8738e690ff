//! Case uses, blind judgements, decisions, notices, contestations.
