//! Standard output, of which somebody may read only the beginning: `gouvernail … | head`.
//!
//! The macros of the standard library panic when whoever reads has left. These, in their place for the whole program, unwind it
//! quietly, so that what it holds is let go, and [`status`] ends it as the signal of a closed pipe would (128 + SIGPIPE): what
//! was not written was not done, so it is no success.

use std::any::Any;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::panic::resume_unwind;
use std::process::ExitCode;

/// Status of a program that SIGPIPE ends, as shells tell it.
const CLOSED_PIPE: u8 = 141;

/// Why the program unwinds: standard output takes nothing more. Holds the status to end with.
struct Unwritable(u8);

/// Writes to standard output, or unwinds.
pub fn write(text: Arguments<'_>) {
    let mut out = io::stdout().lock();
    or_unwind(out.write_fmt(text));
}

/// Writes bytes as they are to standard output, or unwinds.
pub fn bytes(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    or_unwind(out.write_all(bytes).and_then(|()| out.flush()));
}

fn or_unwind(written: io::Result<()>) {
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => resume_unwind(Box::new(Unwritable(CLOSED_PIPE))),
        Err(error) => {
            eprintln!("gouvernail: standard output cannot be written: {error}");
            resume_unwind(Box::new(Unwritable(1)))
        }
    }
}

/// The status to end with, when the program unwound from here; else it goes on unwinding.
pub fn status(unwound: Box<dyn Any + Send>) -> ExitCode {
    match unwound.downcast::<Unwritable>() {
        Ok(unwritable) => ExitCode::from(unwritable.0),
        Err(other) => resume_unwind(other),
    }
}

/// As the standard library's, see [`crate::out`].
macro_rules! print {
    ($($text:tt)*) => { $crate::out::write(format_args!($($text)*)) };
}

/// As the standard library's, see [`crate::out`].
macro_rules! println {
    ($($text:tt)*) => { $crate::out::write(format_args!("{}\n", format_args!($($text)*))) };
}
