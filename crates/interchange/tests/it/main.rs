//! Records to and from other registers: real ones, drawn ones, and what no register would write.

mod draft7;
mod drawn;
mod plan;
mod shared;
mod sheet;
mod small;
