//! The observatory against real logs on a disk, over real HTTP on the loopback interface.

mod audit;
mod common;
mod follow;
mod http;
mod kill;
mod never_two_trees;
mod silence;
mod tlogverify;
mod witness;
