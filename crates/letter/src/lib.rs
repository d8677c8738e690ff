//! The citizen's letter as an accessible PDF.
